package dev.ppe.nas.export;

import dev.ppe.nas.study.Hashes;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder whose files are there when all of them are: until {@link #commit} they are written to a
 * hidden folder beside it. Into a folder that is there already, whose parent may be another's, they
 * go one after the other then, out of a hidden folder in it.
 */
final class ExportFolder implements Closeable {
  private static final String PARTIAL = ".ppe-export-";

  private final Path folder;
  private final Path partial;
  private final List<String> names = new ArrayList<>();

  private ExportFolder(Path folder, Path partial) {
    this.folder = folder;
    this.partial = partial;
  }

  /** What writes a file. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Begins an export.
   *
   * @param replace whether files of the same names may be replaced; others stay in any case
   * @throws FileAlreadyExistsException if the folder has files, and they may not
   * @throws IOException if nothing can be written there
   */
  static ExportFolder at(Path target, boolean replace) throws IOException {
    Path folder = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath().normalize();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new NotDirectoryException(target.toString());
    }
    if (!replace && Files.isDirectory(folder) && !isEmpty(folder)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    String name = PARTIAL + UUID.randomUUID();
    Path partial = Files.exists(folder) ? folder.resolve(name) : folder.resolveSibling(name);
    Files.createDirectory(partial);
    return new ExportFolder(folder, partial);
  }

  /** Exports that were killed leave hidden folders, which are no files of anybody. */
  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(file -> file.getFileName().toString().startsWith(PARTIAL));
    }
  }

  /** Writes a file. */
  ExportedFile write(String name, String format, Content content) throws IOException {
    Path file = partial.resolve(name);
    names.add(name);
    MessageDigest digest = Hashes.sha256();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        Digesting digesting = new Digesting(out, digest)) {
      content.write(digesting);
    }
    return new ExportedFile(name, format, Files.size(file), Hashes.digits(digest));
  }

  /** Puts the files in their place. */
  void commit() throws IOException {
    if (!partial.startsWith(folder)) {
      Files.move(partial, folder);
      return;
    }
    for (String name : names) {
      if (Files.isDirectory(folder.resolve(name))) {
        throw new FileAlreadyExistsException(name);
      }
    }
    for (String name : names) {
      Files.move(partial.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Ends the export; what was not committed is gone. */
  @Override
  public void close() throws IOException {
    for (String name : names) {
      Files.deleteIfExists(partial.resolve(name));
    }
    Files.deleteIfExists(partial);
  }

  /** Hands blocks on as blocks: the stream of the JDK hands on byte by byte. */
  private static final class Digesting extends FilterOutputStream {
    private final MessageDigest digest;

    Digesting(OutputStream out, MessageDigest digest) {
      super(out);
      this.digest = digest;
    }

    @Override
    public void write(int octet) throws IOException {
      digest.update((byte) octet);
      out.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      digest.update(octets, offset, length);
      out.write(octets, offset, length);
    }
  }
}
