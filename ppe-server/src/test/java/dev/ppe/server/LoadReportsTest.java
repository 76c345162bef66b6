package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.wire.LoadReport;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls end with a word on how busy the server is. */
class LoadReportsTest {
  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private final ClientInterceptor capture =
      MetadataUtils.newCaptureMetadataInterceptor(headers, trailers);

  private static Optional<LoadReport> reportOf(Optional<Metadata> trailers) {
    return trailers.map(all -> all.get(LoadReport.TRAILER)).flatMap(LoadReport::parse);
  }

  private Optional<LoadReport> reportOfCall(Loopback loopback) {
    loopback.blocking().withInterceptors(capture).estimate(Requests.small());
    return reportOf(Optional.of(trailers.get()));
  }

  /** Calls until the server has something to tell. */
  private LoadReport awaitReport(Loopback loopback) {
    Optional<LoadReport> report = reportOfCall(loopback);
    while (report.isEmpty()) {
      report = reportOfCall(loopback);
    }
    return report.get();
  }

  @Test
  void anAnswerTellsHowBusyTheServerIs() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      LoadReport report = awaitReport(loopback);
      assertThat(report.requestsPerSecond()).isPositive();
      assertThat(report.cpuUtilization()).isPositive();
      assertThat(report.applicationUtilization()).isGreaterThanOrEqualTo(report.cpuUtilization());
      assertThat(report.errorsPerSecond()).isZero();
    }
  }

  @Test
  void refusalsTellThatAServerIsFull() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(Map.of("workers", 1, "queueCapacity", 1), gate)) {
      loopback.async().estimate(Requests.small(), Answers.eager());
      gate.awaitBegun(1);
      Optional<LoadReport> full = Optional.empty();
      while (full.filter(LoadReportsTest::isOfAFullServer).isEmpty()) {
        loopback.async().estimate(Requests.small(), Answers.eager()); // waits, or is refused
        full = reportOf(failure(loopback));
      }
      assertThat(full.get().requestsPerSecond()).isZero(); // taken in are some, served is none
      gate.open();
    }
  }

  private static boolean isOfAFullServer(LoadReport report) {
    return report.applicationUtilization() > 0.9 && report.errorsPerSecond() > 0;
  }

  private static Optional<Metadata> failure(Loopback loopback) {
    return Optional.ofNullable(
            catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                    loopback
                        .blocking()
                        .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                        .estimate(Requests.small())))
        .map(StatusRuntimeException::getTrailers);
  }

  @Test
  void aStreamEndsWithIt() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      awaitReport(loopback);
      Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
      var requests = loopback.async().withInterceptors(capture).estimateStream(answers);
      requests.onNext(Requests.withId("0", Requests.small()));
      requests.onCompleted();
      answers.next();
      answers.end();
      assertThat(reportOf(Optional.of(trailers.get()))).isPresent();
    }
  }

  @Test
  void nothingIsSaidWhereItIsSwitchedOff() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of("loadReports", false))) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < 2 * LoadMeter.PERIOD_NANOS) {
        assertThat(reportOfCall(loopback)).isEmpty();
      }
    }
  }

  @Test
  void whoMayNotCallIsToldNothing(@TempDir Path folder) throws Exception {
    Path clients = folder.resolve("clients.yaml");
    Files.writeString(clients, "somebody: {tokens: [%s]}".formatted("a1".repeat(32)));
    try (Loopback loopback = Loopback.start(Map.of("clientsFile", clients.toString()))) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < 2 * LoadMeter.PERIOD_NANOS) {
        assertThat(failure(loopback)).isPresent();
        assertThat(reportOf(failure(loopback))).isEmpty();
      }
    }
  }
}
