package dev.ppe.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Redis in a process of its own, on a free port of this machine, which keeps nothing. */
final class RedisServer implements AutoCloseable {
  private final Path program;
  private final int port;
  private Process process;

  private RedisServer(Path program, int port) throws IOException {
    this.program = program;
    this.port = port;
    this.process = launch();
  }

  /** Skips the test where there is no Redis. */
  static RedisServer start() throws IOException {
    Optional<Path> program =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(directory -> Path.of(directory, "redis-server"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no redis-server on the PATH: apt-get install redis-server");
    return new RedisServer(program.get(), freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no")
            .redirectErrorStream(true)
            .start();
    for (String line : (Iterable<String>) started.inputReader().lines()::iterator) {
      if (line.contains("Ready to accept connections")) {
        return started;
      }
    }
    throw new IOException("Redis has ended before it was ready");
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** It answers nobody, but its connections stay open. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill ended with " + code);
    }
  }

  /** It is gone, connections and all. */
  void stop() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  void startAgain() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
