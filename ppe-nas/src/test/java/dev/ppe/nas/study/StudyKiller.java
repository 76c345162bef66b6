package dev.ppe.nas.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Kills a search within its trials, for {@code .ci/kill-studies}: waits until its study has more
 * trials that are done than before and a little longer, sends SIGKILL, and prints how many are done
 * then.
 */
public final class StudyKiller {
  private static final int ENDED = 3;
  private static final long POLL_MILLIS = 5;

  private StudyKiller() {}

  /**
   * Ends with code 3 if the search ended by itself.
   *
   * @param arguments the study, the process, the trials that were done before, milliseconds
   */
  public static void main(String[] arguments) throws InterruptedException {
    Path study = Path.of(arguments[0]);
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(arguments[1]));
    long before = Long.parseLong(arguments[2]);
    while (isAlive(process) && done(study) <= before) {
      Thread.sleep(POLL_MILLIS);
    }
    Thread.sleep(Long.parseLong(arguments[3]));
    if (!isAlive(process) || isComplete(study)) {
      System.exit(ENDED);
    }
    process.ifPresent(ProcessHandle::destroyForcibly);
    while (isAlive(process)) {
      Thread.sleep(POLL_MILLIS);
    }
    if (isComplete(study)) {
      System.exit(ENDED);
    }
    System.out.println(done(study));
  }

  private static boolean isAlive(Optional<ProcessHandle> process) {
    return process.isPresent() && process.get().isAlive();
  }

  private static long done(Path study) {
    return Files.exists(study) ? StudyFile.read(study).done().size() : 0;
  }

  private static boolean isComplete(Path study) {
    Study now = StudyFile.read(study);
    return now.done().size() >= now.limit();
  }
}
