package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.wire.LoadReport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What becomes of a replica's load reports, by a clock that the test turns. */
class ReplicaWeightTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final byte[] HALF = new LoadReport(0.1, 0.5, 100, 0).toBytes();

  private final ReplicaWeight weight =
      new ReplicaWeight(
          new Weighting(Duration.ofSeconds(10), Duration.ofSeconds(180), Duration.ofSeconds(1)));
  private long now = Long.MAX_VALUE - 7; // clocks overflow

  private void after(long seconds, byte[] report) {
    now += TimeUnit.SECONDS.toNanos(seconds);
    weight.reported(report, now);
  }

  private double weightAfter(long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
    return weight.at(now);
  }

  /** The weight of a replica that says the same all the time. */
  private static double of(LoadReport report) {
    ReplicaWeight weight =
        new ReplicaWeight(new Weighting(Duration.ZERO, Duration.ofDays(1), Duration.ZERO));
    weight.reported(report.toBytes(), 0);
    return weight.at(1);
  }

  @Test
  void itIsRequestsOverUtilization() {
    assertThat(of(new LoadReport(0.9, 0.5, 100, 0))).isCloseTo(200, CLOSE);
    assertThat(of(new LoadReport(0.25, 0, 100, 0))).isCloseTo(400, CLOSE); // the CPU's instead
  }

  @Test
  void errorsCountAsUtilization() {
    assertThat(of(new LoadReport(0, 0.5, 100, 50))).isCloseTo(100, CLOSE);
  }

  @Test
  void aReplicaThatDoesNothingHasNone() {
    assertThat(of(new LoadReport(0, 0, 100, 0))).isEqualTo(ReplicaWeight.UNKNOWN);
    assertThat(of(new LoadReport(0.5, 0.5, 0, 3))).isEqualTo(ReplicaWeight.UNKNOWN);
    assertThat(of(new LoadReport(0, Double.MIN_VALUE, 1, 0))).isEqualTo(ReplicaWeight.UNKNOWN);
  }

  @Test
  void itIsKnownWhenReportsHaveComeForTheBlackout() {
    assertThat(weightAfter(1000)).isEqualTo(ReplicaWeight.UNKNOWN);
    after(0, HALF);
    assertThat(weightAfter(9)).isEqualTo(ReplicaWeight.UNKNOWN);
    assertThat(weightAfter(1)).isCloseTo(200, CLOSE);
  }

  @Test
  void itIsForgottenWhenNoneComesForLong() {
    after(0, HALF);
    assertThat(weightAfter(179)).isCloseTo(200, CLOSE);
    assertThat(weightAfter(1)).isEqualTo(ReplicaWeight.UNKNOWN);
    after(0, HALF); // the blackout begins again
    assertThat(weightAfter(9)).isEqualTo(ReplicaWeight.UNKNOWN);
    assertThat(weightAfter(1)).isCloseTo(200, CLOSE);
  }

  @Test
  void theSameReportAgainKeepsItAlive() {
    after(0, HALF);
    after(179, HALF);
    assertThat(weightAfter(179)).isCloseTo(200, CLOSE);
  }

  @Test
  void anotherConnectionBeginsAnew() {
    after(0, HALF);
    assertThat(weightAfter(10)).isCloseTo(200, CLOSE);
    weight.forget();
    assertThat(weightAfter(0)).isEqualTo(ReplicaWeight.UNKNOWN);
    after(0, HALF);
    assertThat(weightAfter(9)).isEqualTo(ReplicaWeight.UNKNOWN);
  }

  @Test
  void itFollowsReportsWithinSeconds() {
    after(0, HALF);
    after(20, new LoadReport(0, 1, 100, 0).toBytes());
    assertThat(weight.at(now)).isCloseTo(100, within(0.01));
    after(2, HALF);
    assertThat(weight.at(now)).isCloseTo(200 - 100 * Math.exp(-1), within(0.01));
  }

  @Test
  void hostileReportsChangeNothing() {
    after(0, HALF);
    Random random = new Random(3);
    byte[] garbage = new byte[40];
    random.nextBytes(garbage);
    garbage[0] = 0x0c; // the end of a group
    byte[] large = Arrays.copyOf(HALF, 1 << 20);
    after(20, garbage);
    after(1, large);
    for (double figure :
        new double[] {
          Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, Double.MAX_VALUE
        }) {
      byte[] report = HALF.clone();
      ByteBuffer.wrap(report).order(ByteOrder.LITTLE_ENDIAN).putDouble(report.length - 8, figure);
      after(1, report);
    }
    assertThat(weight.at(now)).isCloseTo(200, CLOSE);
    assertThat(weightAfter(180 - 26)).isEqualTo(ReplicaWeight.UNKNOWN); // nor do they renew it
  }
}
