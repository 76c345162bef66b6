package dev.ppe.server.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that belong together and are taken in anew whenever the content of one of them has changed.
 *
 * <p>It is the content that counts, not the time of the last change: files are replaced by
 * renaming, by links that turn to another folder, or in place. All are read before any is used, so
 * a pair that is half replaced is refused as a whole, and tried again each time. What is refused
 * changes nothing: the last good content stays in use.
 */
public final class WatchedFiles {
  private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);
  private static final int MAX_BYTES = 16 << 20;

  /** Takes in the files' contents. */
  public interface Consumer {
    /**
     * Replaces what is in use.
     *
     * @throws IllegalArgumentException if the contents are of no use; then nothing has changed
     */
    void accept(List<byte[]> contents);
  }

  private final String what;
  private final List<Path> files;
  private final Consumer consumer;
  private List<byte[]> used;

  /** Why what is there now is not used; empty if it is. */
  private String refused = "";

  private int failures;

  private WatchedFiles(String what, List<Path> files, Consumer consumer) throws IOException {
    this.what = what;
    this.files = List.copyOf(files);
    this.consumer = consumer;
    this.used = read();
  }

  /**
   * Files that have been taken in.
   *
   * @param what what they hold, for the log
   * @throws IllegalArgumentException if they cannot be read or are of no use
   */
  public static WatchedFiles load(String what, List<Path> files, Consumer consumer) {
    try {
      WatchedFiles watched = new WatchedFiles(what, files, consumer);
      consumer.accept(watched.used);
      return watched;
    } catch (IOException e) {
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  /** Looks at the files; takes them in if they have changed. */
  public synchronized void poll() {
    try {
      List<byte[]> contents = read();
      if (!same(contents, used)) {
        consumer.accept(contents);
        used = contents;
        log.info("the {} were reloaded", what);
      }
      refused = "";
    } catch (IOException e) {
      refuse(reason(e));
    } catch (RuntimeException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (Error e) { // out of memory, say: the next time there may be some
      refuse(e.toString());
    }
  }

  /** How often changed files were refused; for one reason, once in a row. */
  public synchronized int failures() {
    return failures;
  }

  /** Whether what is there now was refused, and something older is in use. */
  public synchronized boolean refused() {
    return !refused.isEmpty();
  }

  private void refuse(String reason) {
    if (!reason.equals(refused)) { // a missing file is missing every time
      failures++;
      log.warn("the {} stay as they were: {}", what, reason);
    }
    refused = reason;
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no file " + e.getMessage()
        : "cannot read " + e.getMessage();
  }

  private List<byte[]> read() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException("%s: has more than %d bytes".formatted(file, MAX_BYTES));
        }
        contents.add(bytes);
      }
    }
    return contents;
  }

  private static boolean same(List<byte[]> a, List<byte[]> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!Arrays.equals(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
