package dev.ppe.simulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvocationTest {
  private static final Instructions NONE = new Instructions(0, 0, 0, 0);

  static List<String> presets() {
    return List.copyOf(Presets.names());
  }

  @Test
  void driverDoorbellAndCompletionAddUpToTheTotal() {
    Random random = new Random(20270102);
    for (int i = 0; i < 1000; i++) {
      int doorbell = random.nextInt(1001);
      Invocation costs =
          new Invocation(
              random.nextInt(1_000_000_001), doorbell, random.nextInt(1001 - doorbell), 0, NONE);

      assertThat(costs.driverNs() + costs.doorbellNs() + costs.completionNs())
          .isEqualTo(costs.overheadNs());
      assertThat(List.of(costs.driverNs(), costs.doorbellNs(), costs.completionNs()))
          .allMatch(nanos -> nanos >= 0);
    }
  }

  @Test
  void sharesAreNoMoreThanAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Invocation(1000, 500, 501, 0, NONE))
        .withMessage(
            "invocation.doorbell_permille and completion_permille, their sum, is 1001, must be"
                + " between 0 and 1000");
  }

  /** Only sums were measured, so shares are the same for all that have any. */
  @ParameterizedTest
  @MethodSource("presets")
  void presetsWithFixedCostsHaveAllThree(String name) {
    Invocation costs = Presets.get(name).invocation();

    assertThat(costs.doorbellNs() > 0).isEqualTo(costs.overheadNs() > 0);
    assertThat(costs.completionNs() > 0).isEqualTo(costs.overheadNs() > 0);
  }
}
