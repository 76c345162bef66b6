package dev.ppe.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.Estimator;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final AtomicInteger estimates = new AtomicInteger();
  private final Estimator counting =
      (request, interruption) -> {
        estimates.incrementAndGet();
        return EstimateResponse.getDefaultInstance();
      };

  @Test
  void itEndsWhenItGetsNoFaster() {
    int rounds = new WarmUp(counting).run(Duration.ofMinutes(10), () -> false);
    assertThat(rounds).isGreaterThanOrEqualTo(16);
    assertThat(estimates.get()).isGreaterThanOrEqualTo(rounds);
  }

  @Test
  void severalNetworksAreEstimatedOnBothLevels() {
    Set<Fidelity> levels = new HashSet<>();
    Set<String> networks = new HashSet<>();
    Estimator noting =
        (EstimateRequest request, Interruption interruption) -> {
          levels.add(request.getFidelity());
          networks.add(request.getGraph().getName());
          return EstimateResponse.getDefaultInstance();
        };
    new WarmUp(noting).run(Duration.ofMinutes(10), () -> false);
    assertThat(levels).containsExactlyInAnyOrder(Fidelity.FIDELITY_CYCLE, Fidelity.FIDELITY_ANALYTICAL);
    assertThat(networks).hasSize(3);
  }

  @Test
  void whatDoesNotSettleEndsWithItsTime() {
    AtomicInteger number = new AtomicInteger();
    Estimator faster =
        (request, interruption) -> {
          interruption.check();
          for (long end = System.nanoTime() + 2_000_000_000L / (1 + number.getAndIncrement());
              System.nanoTime() < end; ) {
            interruption.check();
          }
          return EstimateResponse.getDefaultInstance();
        };
    assertThat(new WarmUp(faster).run(Duration.ofMillis(300), () -> false)).isZero();
  }

  @Test
  void aServerThatEndsStopsIt() {
    assertThat(new WarmUp(counting).run(Duration.ofMinutes(10), () -> true)).isZero();
    assertThat(estimates.get()).isZero();
  }
}
