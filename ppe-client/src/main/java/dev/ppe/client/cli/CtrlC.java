package dev.ppe.client.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command finish when the process is told to end (Ctrl-C, SIGTERM): calls it, and holds the
 * end up until the command has closed this.
 */
public final class CtrlC implements AutoCloseable {
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;

  private CtrlC(Runnable interrupt, Duration patience) {
    hook =
        new Thread(
            () -> {
              interrupt.run();
              awaitFinish(patience);
            },
            "ctrl-c");
  }

  /**
   * Watches until it is closed.
   *
   * @param interrupt called once, in another thread
   * @param patience how long the process's end is held up at most
   */
  public static CtrlC calls(Runnable interrupt, Duration patience) {
    CtrlC ctrlC = new CtrlC(interrupt, patience);
    Runtime.getRuntime().addShutdownHook(ctrlC.hook);
    return ctrlC;
  }

  private void awaitFinish(Duration patience) {
    try {
      if (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return; // the process ends all the same
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook goes on to let it.
    }
  }
}
