package dev.ppe.server.security;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Looks at files again and again, on a thread of its own. Polling costs a read of a few kilobytes
 * and works on every file system; notifications do not, on network volumes and through links.
 */
public final class FileWatcher implements AutoCloseable {
  private final List<WatchedFiles> files;
  private final ScheduledExecutorService thread;
  private final LongAdder faults = new LongAdder();

  /** Watches {@code files} from now on; none need no thread. */
  public FileWatcher(List<WatchedFiles> files, Duration period) {
    this.files = List.copyOf(files);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread created = new Thread(work, "reload");
              created.setDaemon(true);
              return created;
            });
    if (!files.isEmpty()) {
      var unused =
          thread.scheduleWithFixedDelay(
              this::poll, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** How often changed files were refused. */
  public int failures() {
    return faults.intValue() + files.stream().mapToInt(WatchedFiles::failures).sum();
  }

  /** How many of the files are not in use as they are now, since they were refused. */
  public int refused() {
    return (int) files.stream().filter(WatchedFiles::refused).count();
  }

  private void poll() {
    for (WatchedFiles watched : files) {
      try {
        watched.poll();
      } catch (Throwable fault) { // no memory for a line of the log: this is not the last look
        faults.increment();
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
