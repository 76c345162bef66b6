package dev.ppe.distribution.failures;

import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A server as others see it: where it listens, what it says of itself.
 *
 * @param pid of its process
 * @param port for calls
 * @param adminPort for metrics
 * @param configuration that it was given
 */
record RunningServer(long pid, int port, int adminPort, Configuration configuration) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Something to wait for. */
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  boolean isAlive() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** For calls from an address of this machine, such as 127.0.0.3. */
  ManagedChannel channel(String from) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .localSocketPicker(
            new NettyChannelBuilder.LocalSocketPicker() {
              @Override
              public InetSocketAddress createSocketAddress(
                  SocketAddress remote, Attributes attributes) {
                return new InetSocketAddress(from, 0);
              }
            })
        .usePlaintext()
        .maxInboundMessageSize(64 << 20)
        .build();
  }

  /** What health says, of the whole server. */
  boolean isReady() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException e) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  /** The sum of a metric's values over all its labels, of those lines that hold {@code label}. */
  double metric(String name, String label) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics"))
            .timeout(Duration.ofSeconds(30))
            .build();
    return HTTP.send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  double metric(String name) throws IOException, InterruptedException {
    return metric(name, "");
  }

  /** Bytes of the heap that are in use after a full collection. */
  long heapAfterCollection() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + pid,
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd %d GC.run failed: it needs a JDK".formatted(pid));
    }
    return (long) metric("jvm_memory_used_bytes", "area=\"heap\"");
  }

  /**
   * Waits for something about this server.
   *
   * @throws IllegalStateException if it does not come about, or the server ends before
   */
  void await(String what, Condition condition) throws IOException, InterruptedException {
    if (!comesAbout(condition, PATIENCE)) {
      throw new IllegalStateException(
          "server %d is not %s%s".formatted(pid, what, isAlive() ? "" : " but has ended"));
    }
  }

  /** Waits for so long, while the server lives. Returns whether it came about. */
  boolean comesAbout(Condition condition, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (!isAlive() || System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }
}
