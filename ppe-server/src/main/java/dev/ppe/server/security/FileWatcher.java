package dev.ppe.server.security;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at files again and again, on a thread of its own. Polling costs a read of a few kilobytes
 * and works on every file system; notifications do not, on network volumes and through links.
 */
public final class FileWatcher implements AutoCloseable {
  private final List<WatchedFiles> files;
  private final ScheduledExecutorService thread;

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
    return files.stream().mapToInt(WatchedFiles::failures).sum();
  }

  private void poll() {
    files.forEach(WatchedFiles::poll);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
