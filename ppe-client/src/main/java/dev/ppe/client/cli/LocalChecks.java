package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.GraphCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** What can be known of this machine. */
final class LocalChecks {
  private static final int OLDEST_JAVA = 21;
  private static final long LEAST_HEAP_BYTES = 256L << 20;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private LocalChecks() {}

  /** Java, memory, versions, and an estimate. */
  static void run(Findings findings) {
    findings.good("ppe", new Version().getVersion()[0]);
    java(findings);
    memory(findings);
    estimate(findings);
  }

  private static void java(Findings findings) {
    int version = Runtime.version().feature();
    String text = "%s at %s".formatted(Runtime.version(), System.getProperty("java.home"));
    if (version >= OLDEST_JAVA) {
      findings.good("Java", text);
    } else {
      findings.bad("Java", text + "; 21 or newer is needed: JAVA_HOME names another");
    }
  }

  private static void memory(Findings findings) {
    long heap = Runtime.getRuntime().maxMemory();
    String text =
        "%d MiB for the program, %d cores"
            .formatted(heap >> 20, Runtime.getRuntime().availableProcessors());
    if (heap >= LEAST_HEAP_BYTES) {
      findings.good("memory", text);
    } else {
      findings.note("memory", text + "; large models need more: PPE_JAVA_OPTS=-Xmx1g");
    }
  }

  private static void estimate(Findings findings) {
    try (PpeClient client = PpeClient.inProcess(DEADLINE)) {
      EstimateResponse answer = client.estimate(sample());
      findings.good(
          "estimate in this process",
          "%s in %.2f ms on %s, simulator %s"
              .formatted(
                  answer.getModelName(),
                  answer.getLatencyUs() / 1000,
                  answer.getAccelerator(),
                  SimulatorVersion.CURRENT));
    } catch (PpeException e) {
      findings.bad("estimate in this process", e.getMessage());
    }
  }

  /** A small network, the same for every server. */
  static EstimateRequest sample() {
    String name = "mobilenet_v1_0.25_128";
    return EstimateRequest.newBuilder()
        .setModelName(name)
        .setGraph(GraphCodec.encode(Zoo.find(name).orElseThrow().graph()))
        .build();
  }

  /** Whether a server could listen on a port of this machine. */
  static void port(Findings findings, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      findings.good("port " + socket.getLocalPort(), "free for ppe serve");
    } catch (IOException e) {
      findings.note(
          "port " + port,
          "taken (%s); ppe doctor --target localhost:%d tells by whom, ppe serve --port takes another"
              .formatted(e.getMessage(), port));
    }
  }
}
