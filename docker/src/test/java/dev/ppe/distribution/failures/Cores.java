package dev.ppe.distribution.failures;

import java.io.IOException;

/** Who runs on which core, so that clients and a server under attack do not contend for one. */
final class Cores {
  private static final int COUNT = Runtime.getRuntime().availableProcessors();

  private Cores() {}

  /** A server on the first core, this process and what it starts on the others. */
  static void apart(RunningServer server) throws IOException, InterruptedException {
    if (COUNT > 1) {
      place(server.pid(), "0");
      place(ProcessHandle.current().pid(), "1-" + (COUNT - 1));
    }
  }

  /** Everybody on all cores again. */
  static void shared(RunningServer server) throws IOException, InterruptedException {
    if (COUNT > 1) {
      place(server.pid(), "0-" + (COUNT - 1));
      place(ProcessHandle.current().pid(), "0-" + (COUNT - 1));
    }
  }

  private static void place(long pid, String cores) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("taskset", "-a", "-c", "-p", cores, "" + pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor(); // where it is not allowed all share the cores, which only costs time
  }
}
