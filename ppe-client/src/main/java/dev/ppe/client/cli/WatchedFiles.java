package dev.ppe.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which files have changed, by time and size, once they rest. It looks again and again:
 * editors and exporters replace files, which watches on files lose.
 */
final class WatchedFiles {
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final List<String> files;
  private final Map<String, Optional<State>> known = new HashMap<>();

  /** What tells two contents of a file apart. */
  private record State(long modified, long bytes) {}

  private WatchedFiles(List<String> files) {
    this.files = files;
  }

  /**
   * Watches the files among models.
   *
   * @throws UsageException if there is none
   */
  static WatchedFiles of(List<String> models) {
    List<String> files = models.stream().filter(text -> state(text).isPresent()).toList();
    if (files.isEmpty()) {
      throw new UsageException(
          "--watch needs a model that is a file; there is none among the MODELs");
    }
    WatchedFiles watched = new WatchedFiles(files);
    files.forEach(file -> watched.known.put(file, state(file)));
    return watched;
  }

  /** Waits until files have changed; which ones. */
  List<String> awaitChange() throws InterruptedException {
    while (true) {
      Thread.sleep(BETWEEN);
      List<String> changed = new ArrayList<>();
      for (String file : files) {
        Optional<State> now = state(file);
        if (now.isPresent() && !now.equals(known.get(file)) && rests(file, now)) {
          known.put(file, now);
          changed.add(file);
        }
      }
      if (!changed.isEmpty()) {
        return changed;
      }
    }
  }

  /** Whether nobody is writing it any more. */
  private static boolean rests(String file, Optional<State> state) throws InterruptedException {
    Thread.sleep(BETWEEN.toMillis() / 2);
    return state(file).equals(state);
  }

  private static Optional<State> state(String file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(Path.of(file), BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(new State(attributes.lastModifiedTime().toMillis(), attributes.size()))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty(); // between two contents, or no file
    }
  }
}
