package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.simulator.activity.ActionCounts;
import org.junit.jupiter.api.Test;

class EnergyModelTest {
  private static final EnergyModel MODEL = new EnergyModel(new EnergyTable(1, 2, 3, 4, 5, 6, 7, 8));

  @Test
  void everyActionHasItsPrice() {
    ActionCounts counts =
        new ActionCounts(
            1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 6_000_000, 7_000_000, 8_000_000);

    assertThat(MODEL.price(counts, 1000))
        .usingRecursiveComparison()
        .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .isEqualTo(new EnergyBreakdown(1, 4, 21, 20, 30, 42, 56, 8));
  }

  @Test
  void aMilliwattIsAMicrojouleInAMillisecond() {
    EnergyBreakdown idle = MODEL.price(ActionCounts.NONE, 1000);

    assertThat(idle.leakageUj()).isCloseTo(8, within(1e-9));
    assertThat(idle.activeUj()).isZero();
    assertThat(idle.totalUj()).isEqualTo(idle.leakageUj());
  }

  @Test
  void countsTogetherCostWhatTheyCostApart() {
    ActionCounts one = new ActionCounts(1, 2, 3, 4, 5, 6, 7, 8);
    ActionCounts two = new ActionCounts(80, 70, 60, 50, 40, 30, 20, 10);

    assertThat(MODEL.price(one.plus(two), 5).totalUj())
        .isCloseTo(MODEL.price(one, 2).totalUj() + MODEL.price(two, 3).totalUj(), within(1e-12));
  }
}
