package dev.ppe.distribution.balancing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A balancer in a process of its own, with its file in docker/balancing put to these replicas. */
final class Proxy implements AutoCloseable {
  private static final Path FILES = Path.of("balancing");
  private static final int ATTEMPTS = 5;

  /** The balancers that there are files for. */
  enum Kind {
    NGINX,
    HAPROXY;

    /** Its program, if it is installed. */
    Optional<Path> program() {
      String name = this == NGINX ? "nginx" : "haproxy";
      return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
          .map(folder -> Path.of(folder, name))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  private final Process process;
  private final int port;
  private final Path log;

  private Proxy(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** What it said, for whoever looks into a failure. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** A port that is free now may be taken a moment later: then another one is tried. */
  static Proxy start(Kind kind, List<Replica> replicas, Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve("proxy.log");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = freePort();
      Process process =
          new ProcessBuilder(command(kind, replicas, port, folder))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (process.isAlive() && System.nanoTime() < end) {
        if (listens(port)) {
          return new Proxy(process, port, log);
        }
        Thread.sleep(20);
      }
      process.destroyForcibly();
    }
    throw new IOException(kind + " does not start: " + Files.readString(log));
  }

  private static List<String> command(Kind kind, List<Replica> replicas, int port, Path folder)
      throws IOException {
    String program = kind.program().orElseThrow().toString();
    return switch (kind) {
      case NGINX -> {
        String text = Files.readString(FILES.resolve("nginx.conf"));
        for (int i = 0; i < replicas.size(); i++) {
          text = replaced(text, "ppe-" + (i + 1) + ":50051", replicas.get(i).address());
        }
        text = replaced(text, "listen 50050", "listen 127.0.0.1:" + port);
        text = replaced(text, "/tmp/nginx", folder.resolve("nginx").toString());
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        yield List.of(program, "-p", folder.toString(), "-c", file.toString(), "-g", "daemon off;");
      }
      case HAPROXY -> {
        String text = Files.readString(FILES.resolve("haproxy.cfg"));
        for (int i = 0; i < replicas.size(); i++) {
          Replica replica = replicas.get(i);
          text =
              replaced(
                  text,
                  "ppe-%d:50051 proto h2 check check-proto h1 port 50052".formatted(i + 1),
                  "%s proto h2 check check-proto h1 port %d"
                      .formatted(replica.address(), replica.adminPort()));
        }
        text = replaced(text, "bind :50050", "bind 127.0.0.1:" + port);
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
        yield List.of(program, "-db", "-f", file.toString());
      }
    };
  }

  private static String replaced(String text, String old, String replacement) {
    if (!text.contains(old)) {
      throw new IllegalStateException("the file does not say " + old);
    }
    return text.replace(old, replacement);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    // nginx's own workers end with it only if it is told to end.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
