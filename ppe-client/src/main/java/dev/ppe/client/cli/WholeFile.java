package dev.ppe.client.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * A file that is there when it is whole: until {@link #commit}, the one before stays as it was. A
 * pipe or device is written as it comes, and a link stays one.
 */
public final class WholeFile implements Closeable {
  private final Path file;
  private final Optional<Path> partial;
  private final OutputStream stream;

  private WholeFile(Path file, Optional<Path> partial) throws IOException {
    this.file = file;
    this.partial = partial;
    this.stream = new BufferedOutputStream(Files.newOutputStream(partial.orElse(file)));
  }

  /**
   * Begins a file.
   *
   * @throws UnreadableException if nothing can be written there
   */
  public static WholeFile at(String target) {
    Path path = Path.of(target);
    if (Files.isDirectory(path)) {
      throw new UnreadableException("%s: is a directory".formatted(target));
    }
    try {
      Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      boolean inPlace = Files.exists(file) && !Files.isRegularFile(file);
      return new WholeFile(
          file,
          inPlace
              ? Optional.empty()
              : Optional.of(
                  file.resolveSibling(
                      ".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()))));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /**
   * Refuses to replace what is read. Pipes and devices may be both.
   *
   * @param option whose value {@code target} is
   * @param inputs files, or names of what is none
   * @throws UsageException if the target is one of them
   */
  public static void requireNoInput(String option, String target, Collection<String> inputs) {
    for (String input : inputs) {
      if (isSameFile(target, input)) {
        throw new UsageException(
            "%s is %s, which is read as well and would be replaced; give another file"
                .formatted(option, target));
      }
    }
  }

  private static boolean isSameFile(String one, String other) {
    try {
      Path path = Path.of(one);
      Path input = Path.of(other);
      if (Files.exists(path) && Files.exists(input)) {
        return Files.isRegularFile(path) && Files.isSameFile(path, input);
      }
      return path.toAbsolutePath().normalize().equals(input.toAbsolutePath().normalize());
    } catch (IOException | InvalidPathException e) {
      return false; // what is wrong with it is said where it is read or written
    }
  }

  /** Where its bytes go. */
  public OutputStream stream() {
    return stream;
  }

  /** Puts the file in its place. */
  public void commit() throws IOException {
    stream.close();
    if (partial.isPresent()) {
      Files.move(partial.get(), file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Ends the file; what was not committed is gone. */
  @Override
  public void close() throws IOException {
    try {
      stream.close();
    } finally {
      if (partial.isPresent()) {
        Files.deleteIfExists(partial.get());
      }
    }
  }

  /** Why {@code target} cannot be written, in a line. */
  public static UnreadableException unwritable(String target, IOException e) {
    return switch (e) {
      case NoSuchFileException missing ->
          new UnreadableException("%s: no such folder".formatted(target), e);
      case AccessDeniedException denied ->
          new UnreadableException("%s: permission denied".formatted(target), e);
      default -> new UnreadableException("%s: %s".formatted(target, e.getMessage()), e);
    };
  }
}
