package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.wire.LoadReport;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a meter of two workers on four cores makes of counts, by a clock that the test turns. */
class LoadMeterTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final LoadMeter.Counts NONE = new LoadMeter.Counts(0, 0, 0, 0);

  private long now = -5; // clocks may be below zero
  private LoadMeter.Counts counts = NONE;
  private final LoadMeter meter = new LoadMeter(() -> counts, 2, 4, () -> now);

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void pass(long millis, long answered, long failed, long busyMillis, long cpuMillis) {
    now += millis(millis);
    counts =
        new LoadMeter.Counts(
            counts.answered() + answered,
            counts.failed() + failed,
            counts.busyNanos() + millis(busyMillis),
            counts.cpuNanos() + millis(cpuMillis));
  }

  private LoadReport report() {
    return LoadReport.parse(meter.report()).orElseThrow();
  }

  @Test
  void nothingIsSaidBeforeSomethingIsKnown() {
    assertThat(meter.report()).isEmpty();
    pass(99, 10, 0, 50, 50);
    assertThat(meter.report()).isEmpty();
  }

  @Test
  void theFirstReportIsTheAverageSinceTheStart() {
    pass(200, 30, 4, 300, 400);
    LoadReport report = report();
    assertThat(report.requestsPerSecond()).isCloseTo(150, CLOSE);
    assertThat(report.errorsPerSecond()).isCloseTo(20, CLOSE);
    assertThat(report.applicationUtilization()).isCloseTo(300.0 / 200 / 2, CLOSE);
    assertThat(report.cpuUtilization()).isCloseTo(400.0 / 200 / 4, CLOSE);
  }

  @Test
  void allCallsOfAWhileShareOneReport() {
    pass(200, 30, 0, 300, 400);
    byte[] first = meter.report();
    pass(99, 1000, 0, 0, 0);
    assertThat(meter.report()).isSameAs(first);
    pass(1, 0, 0, 0, 0);
    assertThat(meter.report()).isNotEqualTo(first);
  }

  @Test
  void whatWasIsForgottenWithinSeconds() {
    pass(1000, 100, 0, 1000, 1000);
    assertThat(report().requestsPerSecond()).isCloseTo(100, CLOSE);
    pass(1000, 0, 0, 0, 0);
    double kept = Math.exp(-1);
    assertThat(report().requestsPerSecond()).isCloseTo(100 * kept, CLOSE);
    assertThat(report().applicationUtilization()).isCloseTo(0.5 * kept, CLOSE);
  }

  @Test
  void requestsOverUtilizationIsWhatAReplicaCouldDoHoweverMuchItDoes() {
    pass(1000, 100, 0, 1000, 0); // 10 ms each
    LoadReport half = report();
    pass(5000, 50, 0, 500, 0); // the same, a tenth as many
    LoadReport less = report();
    assertThat(half.requestsPerSecond() / half.applicationUtilization()).isCloseTo(200, CLOSE);
    assertThat(less.requestsPerSecond() / less.applicationUtilization()).isCloseTo(200, CLOSE);
  }

  @Test
  void theCpuCountsWhereWorkersAreIdle() {
    pass(1000, 10_000, 0, 0, 3000); // answers from the cache
    assertThat(report().applicationUtilization()).isCloseTo(0.75, CLOSE);
  }
}
