package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerAtRateTest {
  /** 5 mJ in 4 ms, 20 times a second: 80 ms of a second at 1250 mW, 920 ms at 200 mW. */
  @Test
  void pausesAreIdle() {
    PowerAtRate power = PowerAtRate.of(20, 4000, 5000, 200);

    assertThat(power.keepsUp()).isTrue();
    assertThat(power.averageMw()).isCloseTo(0.08 * 1250 + 0.92 * 200, within(1e-9));
    assertThat(power.activeMw()).isCloseTo(0.08 * (1250 - 200), within(1e-9));
    assertThat(power.activeUj()).isCloseTo(4000 * 1.05, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 30, 100, 249})
  void activeEnergyDoesNotDependOnTheRate(double rate) {
    PowerAtRate power = PowerAtRate.of(rate, 4000, 5000, 200);

    assertThat(power.activeUj()).isCloseTo(4200, within(1e-9));
    assertThat(power.activeMw()).isCloseTo(rate * 4.2, within(1e-9));
  }

  @Test
  void whatCannotKeepUpRunsWithoutPause() {
    PowerAtRate power = PowerAtRate.of(1000, 4000, 5000, 200);

    assertThat(power.keepsUp()).isFalse();
    assertThat(power.rate()).isEqualTo(1000);
    assertThat(power.sustainedRate()).isEqualTo(250);
    assertThat(power.averageMw()).isCloseTo(1250, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e7, Double.NaN, Double.POSITIVE_INFINITY})
  void aRateThatIsNoneIsRefused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerAtRate.of(rate, 1, 1, 1))
        .withMessageContaining("must be above 0 and at most 1000000");
  }
}
