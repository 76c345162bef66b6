package dev.ppe.nas.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second search off a study, in this process and in others: a lock on a file beside it,
 * {@code NAME-lock}, that the system takes back when the process ends, however it ends. Readers
 * need none.
 *
 * <p>SQLite's own locks last for a transaction only; and a lock of Java's on the study itself would
 * be lost with SQLite's. POSIX drops all locks of a process on a file as soon as the process closes
 * any descriptor of it: so the file is read through the channel that has the lock, and a second
 * attempt of this process does not open it. The file stays when the lock is given back: a name that
 * is removed and made again would let two processes lock two files.
 */
final class StudyLock implements AutoCloseable {
  private static final int MARK_BYTES = 64;

  /** Lock files that this process has. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

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
    Path file = file(study);
    if (!HELD.add(file)) {
      throw inUse(study, ", this one");
    }
    try {
      return new StudyLock(file, locked(study, file));
    } catch (IOException e) {
      HELD.remove(file);
      throw new StudyException("%s: its lock %s cannot be taken: %s".formatted(study, file, e), e);
    } catch (RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  /** Where the lock is: the same for all ways that lead to the study. */
  private static Path file(Path study) {
    try {
      Path real =
          Files.exists(study)
              ? study.toRealPath()
              : folder(study.toAbsolutePath()).toRealPath().resolve(study.getFileName());
      return real.resolveSibling(real.getFileName() + "-lock");
    } catch (NoSuchFileException e) {
      throw new StudyException(study + ": no such folder", e);
    } catch (IOException e) {
      throw new StudyException("%s: its lock cannot be taken: %s".formatted(study, e), e);
    }
  }

  private static Path folder(Path absolute) {
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder;
  }

  private static FileChannel locked(Path study, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw inUse(study, owner(channel));
      }
      String mark = "process %d".formatted(ProcessHandle.current().pid());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
      return channel;
    } catch (OverlappingFileLockException e) { // another loader's copy of this class has it
      channel.close();
      throw new StudyException(inUse(study, ", this one").getMessage(), e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What the owner wrote, if it has come to that. */
  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer mark = ByteBuffer.allocate(MARK_BYTES);
    int count = channel.read(mark, 0);
    return count > 0 ? ", " + new String(mark.array(), 0, count, StandardCharsets.UTF_8) : "";
  }

  private static StudyException inUse(Path study, String owner) {
    return new StudyException(
        "%s: a search in another process goes on with it%s".formatted(study, owner));
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new StudyException(file + ": cannot be given back: " + e, e);
    } finally {
      HELD.remove(file);
    }
  }
}
