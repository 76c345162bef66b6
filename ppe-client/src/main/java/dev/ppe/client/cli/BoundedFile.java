package dev.ppe.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads whole files, and never more of them than a limit: by their size before, and while reading.
 */
public final class BoundedFile {
  private BoundedFile() {}

  /**
   * The contents of a file.
   *
   * @throws UnreadableException saying why there are none
   */
  public static byte[] read(String name, int limit) {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new UnreadableException("is a directory; give the files in it");
      }
      if (Files.isRegularFile(path) && Files.size(path) > limit) {
        throw new UnreadableException(
            "has %d bytes, the limit is %d".formatted(Files.size(path), limit));
      }
      try (InputStream in = Files.newInputStream(path)) {
        return checked(in.readNBytes(limit + 1), limit);
      }
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new UnreadableException("no such file", e);
    } catch (AccessDeniedException e) {
      throw new UnreadableException("may not be read (permission denied)", e);
    } catch (IOException e) {
      throw new UnreadableException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] checked(byte[] bytes, int limit) {
    if (bytes.length == 0) {
      throw new UnreadableException("is empty");
    }
    if (bytes.length > limit) { // a pipe, or a file that grew
      throw new UnreadableException("has more than %d bytes, the limit".formatted(limit));
    }
    return bytes;
  }
}
