package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Work stops at the very check that says so, wherever it is; and there are checks enough: several
 * for each node.
 */
class InterruptionTest {
  private final LocalEstimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  /** Counts, and stops the work at one of its questions. */
  private static final class Counter implements Interruption {
    private final long stopAt;
    private long checks;

    Counter(long stopAt) {
      this.stopAt = stopAt;
    }

    @Override
    public void check() {
      if (++checks == stopAt) {
        throw new CancellationException("at check " + checks);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2", "mobilebert", "mobilenet_v1"})
  void theWorkStopsAtTheCheckThatSaysSo(String network) {
    EstimateRequest request =
        EstimateRequest.newBuilder()
            .setGraph(GraphCodec.encode(Zoo.find(network).orElseThrow().graph()))
            .build();
    Counter all = new Counter(Long.MAX_VALUE);
    estimator.estimate(request, all);
    assertThat(all.checks).isGreaterThan(4L * request.getGraph().getNodesCount());

    for (long stopAt = 1; stopAt <= all.checks; stopAt += 1 + all.checks / 16) {
      Counter counter = new Counter(stopAt);
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> estimator.estimate(request, counter))
          .withMessage("at check " + stopAt);
      assertThat(counter.checks).isEqualTo(stopAt);
    }
  }
}
