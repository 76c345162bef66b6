package dev.ppe.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.Estimator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  void itEndsWhenNothingIsLeftToCompile() {
    int rounds = new WarmUp(counting).run(Duration.ofMinutes(10), () -> false);
    assertThat(rounds).isPositive();
    assertThat(estimates.get()).isGreaterThanOrEqualTo(rounds);
  }

  @Test
  void severalNetworksAreEstimatedOnBothLevels() {
    Set<Fidelity> levels = new HashSet<>();
    Set<String> networks = new HashSet<>();
    Set<String> accelerators = new HashSet<>();
    Estimator noting =
        (EstimateRequest request, Interruption interruption) -> {
          levels.add(request.getFidelity());
          networks.add(request.getGraph().getName());
          accelerators.add(request.getAcceleratorName());
          return EstimateResponse.getDefaultInstance();
        };
    new WarmUp(noting).run(Duration.ofMinutes(10), () -> false);
    assertThat(levels)
        .containsExactlyInAnyOrder(Fidelity.FIDELITY_CYCLE, Fidelity.FIDELITY_ANALYTICAL);
    assertThat(networks).hasSize(3);
    assertThat(accelerators).contains("coral-usb", "tensor-g1");
  }

  @Test
  void noQuestionComesTwiceSoThatNoAnswerIsThereAlready() {
    List<String> asked = new ArrayList<>();
    Estimator noting =
        (EstimateRequest request, Interruption interruption) -> {
          asked.add(
              request.getGraph().getName() + request.getFidelity() + request.getInferenceRate());
          return EstimateResponse.getDefaultInstance();
        };
    int rounds = new WarmUp(noting).run(Duration.ofMinutes(10), () -> false);
    assertThat(asked).hasSizeGreaterThan(rounds).doesNotHaveDuplicates();
  }

  @Test
  void whatTakesTooLongEndsWithItsTime() {
    Estimator endless =
        (request, interruption) -> {
          while (true) {
            interruption.check();
          }
        };
    assertThat(new WarmUp(endless).run(Duration.ofMillis(100), () -> false)).isZero();
  }

  @Test
  void aServerThatEndsStopsIt() {
    assertThat(new WarmUp(counting).run(Duration.ofMinutes(10), () -> true)).isZero();
    assertThat(estimates.get()).isZero();
  }
}
