package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.ListAcceleratorsRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
class MetricsTest {
  private final Gate gate = new Gate();
  private Loopback loopback;
  private AdminClient admin;

  @BeforeEach
  void start() throws Exception {
    loopback =
        Loopback.start(
            Map.of("admin.enabled", true, "admin.port", 0, "workers", 1, "queueCapacity", 2), gate);
    admin = AdminClient.of(loopback.server);
  }

  @AfterEach
  void stop() {
    loopback.close();
  }

  private static String request(String code, String fidelity, String method) {
    return "ppe_request_seconds_count{code=\"%s\",fidelity=\"%s\",method=\"%s\"}"
        .formatted(code, fidelity, method);
  }

  @Test
  void requestsAreCountedByMethodFidelityAndCode() throws Exception {
    gate.open();
    loopback.blocking().estimate(Requests.small());
    loopback.blocking().estimate(Requests.small());
    loopback.blocking().listAccelerators(ListAcceleratorsRequest.getDefaultInstance());
    EstimateRequest odd = Requests.small().toBuilder().setFidelityValue(99).build();
    assertThat(catchThrowable(() -> loopback.blocking().estimate(odd))).isNull();
    Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
    var requests = loopback.async().estimateStream(answers);
    for (int i = 0; i < 3; i++) {
      requests.onNext(Requests.withId("" + i, Requests.small()));
    }
    requests.onCompleted();
    answers.next(3);
    assertThat(admin.metric(request("OK", "cycle", "Estimate"))).hasValue(2);
    assertThat(admin.metric(request("OK", "invalid", "Estimate"))).hasValue(1);
    assertThat(admin.metric(request("OK", "cycle", "EstimateStream"))).hasValue(3);
    assertThat(admin.metric(request("OK", "none", "ListAccelerators"))).hasValue(1);
    assertThat(admin.metrics())
        .contains(
            "ppe_request_seconds_bucket{code=\"OK\",fidelity=\"cycle\",method=\"Estimate\",le=\"60.0\"} 2");
  }

  @Test
  void whatIsRunningAndWaitingIsShown() throws Exception {
    loopback.async().estimate(Requests.small(), Answers.eager());
    gate.awaitBegun(1);
    loopback.async().estimate(Requests.small(), Answers.eager());
    loopback.async().estimate(Requests.small(), Answers.eager());
    admin.awaitMetric("ppe_queue_waiting ", value -> value == 2);
    assertThat(admin.metric("ppe_queue_capacity ")).hasValue(2);
    assertThat(admin.metric("ppe_workers_busy ")).hasValue(1);
    assertThat(admin.metric("ppe_workers ")).hasValue(1);
    assertThat(admin.metric("ppe_calls_open ")).hasValue(3);
    assertThat(admin.metric("ppe_connections_open ")).hasValue(1);
    assertThat(admin.metric("ppe_connections_total ")).hasValue(1);
    assertThat(admin.metric("ppe_ready ")).hasValue(1);
    assertThat(admin.metric("ppe_pending_bytes ").orElseThrow())
        .isEqualTo(
            3.0
                * WeighedRequests.ofCalls(Requests.ANY_SIZE)
                    .weigh(Requests.small().toByteArray(), Interruption.NEVER)
                    .bytes());
    assertThat(admin.metric("ppe_queue_wait_seconds_count")).hasValue(0); // until it is known
    gate.open();
    admin.awaitMetric("ppe_calls_open ", value -> value == 0);
    assertThat(admin.metric("ppe_queue_wait_seconds_count")).hasValue(3);
    assertThat(admin.metric("ppe_worker_faults_total")).hasValue(0);
    assertThat(admin.metric("ppe_pending_bytes ")).hasValue(0);
  }

  @Test
  void requestsThatNobodyWaitsForCountAsSuch() throws Exception {
    Answers<EstimateRequest, dev.ppe.v1.EstimateResponse> answers = Answers.eager();
    loopback.async().estimate(Requests.small(), answers);
    gate.awaitBegun(1);
    answers.cancel();
    admin.awaitMetric(request("CANCELLED", "cycle", "Estimate"), count -> count == 1);
  }

  @Test
  void refusalsCountAsSuch() throws Exception {
    for (int i = 0; i < 3; i++) {
      loopback.async().estimate(Requests.small(), Answers.eager());
    }
    admin.awaitMetric("ppe_calls_open ", value -> value == 3);
    assertThat(catchThrowable(() -> loopback.blocking().estimate(Requests.small()))).isNotNull();
    assertThat(admin.metric(request("RESOURCE_EXHAUSTED", "none", "Estimate"))) // never read
        .hasValue(1);
    assertThat(admin.metric("ppe_refused_total{reason=\"full\"}")).hasValue(1);
    gate.open();
  }

  @Test
  void theFirstFaultIsAnIncreaseOfWhatWasThereBefore() throws Exception {
    assertThat(admin.metric("ppe_request_faults_total ")).hasValue(0);
    try (Loopback faulty =
        Loopback.start(
            Map.of("admin.enabled", true, "admin.port", 0),
            (request, interruption) -> {
              throw new AssertionError("a fault in a test");
            })) {
      assertThat(catchThrowable(() -> faulty.blocking().estimate(Requests.small()))).isNotNull();
      AdminClient page = AdminClient.of(faulty.server);
      page.awaitMetric("ppe_request_faults_total ", count -> count == 1);
      assertThat(page.metric(request("INTERNAL", "cycle", "Estimate"))).hasValue(1);
    }
  }

  @Test
  void whatIsTooLargeIsNoOverload() throws Exception {
    try (Loopback strict =
        Loopback.start(Map.of("admin.enabled", true, "admin.port", 0, "maxNodes", 1))) {
      assertThat(catchThrowable(() -> strict.blocking().estimate(Requests.of(Requests.chain(4)))))
          .hasMessageContaining("RESOURCE_EXHAUSTED");
      AdminClient page = AdminClient.of(strict.server);
      page.awaitMetric(request("RESOURCE_EXHAUSTED", "cycle", "Estimate"), count -> count == 1);
      for (String reason : List.of("full", "late", "slow", "pushed-out")) {
        assertThat(page.metric("ppe_refused_total{reason=\"%s\"}".formatted(reason))).hasValue(0);
      }
    }
  }

  @Test
  void theProcessIsShownToo() throws Exception {
    assertThat(admin.metrics())
        .contains("jvm_memory_used_bytes{area=\"heap\"")
        .contains("jvm_gc_")
        .contains("process_cpu_usage")
        .contains("process_uptime_seconds")
        .contains("ppe_build_info{");
  }
}
