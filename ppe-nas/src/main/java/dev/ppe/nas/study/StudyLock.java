package dev.ppe.nas.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps a second search off a study, in this process and in others: a lock on a file beside it,
 * {@code NAME-lock}, that the system takes back when the process ends, however it ends. Readers
 * need none.
 *
 * <p>SQLite's own locks last for a transaction only; and a lock of Java's on the study itself would
 * be lost with SQLite's.
 */
final class StudyLock implements AutoCloseable {
  private static final int ATTEMPTS = 100;

  private final Path file;
  private final FileChannel channel;

  private StudyLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a study.
   *
   * @throws StudyException if another search has it
   */
  static StudyLock of(Path study) {
    Path file = study.resolveSibling(study.getFileName() + "-lock");
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        Optional<StudyLock> lock = attempt(study, file);
        if (lock.isPresent()) {
          return lock.get();
        }
      }
    } catch (NoSuchFileException e) {
      throw new StudyException(study + ": no such folder", e);
    } catch (IOException e) {
      throw new StudyException("%s: its lock %s cannot be taken: %s".formatted(study, file, e), e);
    }
    throw inUse(study, "");
  }

  private static Optional<StudyLock> attempt(Path study, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String owner = read(file);
        throw inUse(
            study, owner.contains(" ") ? ", " + owner.substring(0, owner.indexOf(' ')) : "");
      }
      // The owner before may have removed the file after it was opened here: only what is found
      // under the name keeps others off.
      String mark = "process-%d %s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
      if (read(file).equals(mark)) {
        return Optional.of(new StudyLock(file, channel));
      }
      channel.close();
      return Optional.empty();
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new StudyException(inUse(study, ", this one").getMessage(), e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static StudyException inUse(Path study, String owner) {
    return new StudyException(
        "%s: a search in another process goes on with it%s".formatted(study, owner));
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StudyException(file + ": cannot be removed: " + e, e);
    }
  }
}
