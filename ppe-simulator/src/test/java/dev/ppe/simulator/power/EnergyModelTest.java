package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnergyModelTest {
  private static final Accelerator SMALL = AcceleratorBuilder.small().build();
  private static final EnergyTable CORAL = EnergyTables.get("coral-28nm");
  private static final EnergyModel MODEL = new EnergyModel(CORAL, SMALL);
  private static final double EXACT = 1e-9; // percent

  private static ActionCounts some() {
    ActionCounts.Tally tally = new ActionCounts.Tally();
    long times = 1000;
    for (Action action : Action.values()) {
      tally.add(action, times);
      times += 7;
    }
    return tally.counts();
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void everyActionHasItsPriceAndItsPart(Action action) {
    EnergyBreakdown energy = MODEL.price(ActionCounts.of(action, 1_000_000), 0, 0);

    assertThat(energy.totalUj())
        .isPositive()
        .isCloseTo(MODEL.picojoules(action), withinPercentage(EXACT));
    assertThat(energy.of(EnergyPart.of(action))).isEqualTo(energy.totalUj());
    assertThat(energy.dynamicUj()).isEqualTo(energy.totalUj());
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void moreOfAnActionNeverCostsLess(Action action) {
    ActionCounts some = some();

    assertThat(MODEL.price(some.plus(action, 1), 10, 5).totalUj())
        .isGreaterThan(MODEL.price(some, 10, 5).totalUj());
  }

  @Test
  void aScaleMultipliesActionsAndTimeApart() {
    Accelerator scaled =
        AcceleratorDocument.preset("coral-usb")
            .withBlock("energy_scale", List.of("dynamic_permille: 2000", "static_permille: 500"))
            .accelerator();
    EnergyModel coral = new EnergyModel(CORAL, Presets.get("coral-usb"));
    EnergyModel model = new EnergyModel(CORAL, scaled);

    EnergyBreakdown before = coral.price(some(), 1000, 500);
    EnergyBreakdown after = model.price(some(), 1000, 500);

    assertThat(after.dynamicUj()).isCloseTo(2 * before.dynamicUj(), withinPercentage(EXACT));
    assertThat(after.of(Component.LEAKAGE))
        .isCloseTo(before.of(Component.LEAKAGE) / 2, withinPercentage(EXACT));
    assertThat(model.idleMw()).isCloseTo(coral.idleMw() / 2, withinPercentage(EXACT));
    assertThat(model.standingUj(1000))
        .isCloseTo(
            model.price(new ActionCounts.Tally().counts(), 1000, 0).totalUj(),
            withinPercentage(EXACT));
  }

  @Test
  void aTableOfZerosCostsNothing() {
    EnergyModel free = new EnergyModel(EnergyTables.get("unpriced"), SMALL);

    assertThat(free.price(some(), 1000, 500)).isEqualTo(EnergyBreakdown.NONE);
    assertThat(free.idleMw()).isZero();
    assertThat(free.busyMw()).isZero();
  }

  @Test
  void countsTogetherCostWhatTheyCostApart() {
    ActionCounts one = ActionCounts.of(Action.MAC_INT8, 12).plus(Action.NETWORK_BYTE_HOP, 3);

    assertThat(MODEL.price(one.plus(some()), 5, 4).totalUj())
        .isCloseTo(
            MODEL.price(one, 2, 1).totalUj() + MODEL.price(some(), 3, 3).totalUj(),
            withinPercentage(EXACT));
  }

  @Test
  void twiceTheTimeIsTwiceTheLeakage() {
    EnergyBreakdown once = MODEL.price(ActionCounts.NONE, 100, 0);
    EnergyBreakdown twice = MODEL.price(ActionCounts.NONE, 200, 0);

    for (EnergyPart part : EnergyPart.values()) {
      assertThat(twice.of(part)).isCloseTo(2 * once.of(part), withinPercentage(EXACT));
    }
    assertThat(once.of(Component.LEAKAGE)).isPositive().isEqualTo(once.totalUj());
  }

  /** Twice the frequency is twice the clock's power, and the same energy for as many cycles. */
  @Test
  void theClockIsPaidByTheCycle() {
    EnergyModel fast =
        new EnergyModel(CORAL, AcceleratorBuilder.small().clockHz(2_000_000_000).build());
    EnergyBreakdown slowly = MODEL.price(ActionCounts.NONE, 100, 60);
    EnergyBreakdown quickly = fast.price(ActionCounts.NONE, 50, 30);

    assertThat(quickly.of(EnergyPart.ARRAY_CLOCK))
        .isCloseTo(slowly.of(EnergyPart.ARRAY_CLOCK), withinPercentage(EXACT));
    assertThat(quickly.of(EnergyPart.PE_CLOCK))
        .isCloseTo(slowly.of(EnergyPart.PE_CLOCK), withinPercentage(EXACT));
    assertThat(quickly.of(EnergyPart.MEMORY_LEAKAGE))
        .isCloseTo(slowly.of(EnergyPart.MEMORY_LEAKAGE) / 2, withinPercentage(EXACT));
  }

  @Test
  void powerIsBetweenThatOfIdlingAndThatOfWork() {
    double idle = MODEL.price(ActionCounts.NONE, 1000, 0).totalUj();
    double half = MODEL.price(ActionCounts.NONE, 1000, 500).totalUj();
    double busy = MODEL.price(ActionCounts.NONE, 1000, 1000).totalUj();

    assertThat(idle).isCloseTo(MODEL.idleMw(), withinPercentage(EXACT)); // 1 mW for 1 ms
    assertThat(busy).isCloseTo(MODEL.busyMw(), withinPercentage(EXACT));
    assertThat(half).isCloseTo((idle + busy) / 2, withinPercentage(EXACT));
    assertThat(MODEL.busyMw()).isGreaterThan(MODEL.idleMw());
  }

  /** Four channels, each refreshed every 3.905 us at 27.7 nJ: 28.4 mW. */
  @Test
  void aMemoryIsRefreshedWhileIdling() {
    Accelerator withMemory =
        AcceleratorBuilder.small().dram(1_000_000_000, 0, "lpddr5-6400").build();

    assertThat(new EnergyModel(CORAL, withMemory).idleMw() - MODEL.idleMw())
        .isCloseTo(4 * 27.7 / 3.905, withinPercentage(0.01));
  }

  @Test
  void aLargerMemoryCostsMoreAnAccessAndLeaksMore() {
    EnergyModel large =
        new EnergyModel(CORAL, AcceleratorBuilder.small().peMemoryBytes(1 << 20).build());

    assertThat(large.picojoules(Action.PE_MEMORY_READ_BYTE))
        .isGreaterThan(MODEL.picojoules(Action.PE_MEMORY_READ_BYTE));
    assertThat(large.picojoules(Action.CORE_MEMORY_READ_BYTE))
        .isEqualTo(MODEL.picojoules(Action.CORE_MEMORY_READ_BYTE));
    assertThat(large.idleMw()).isGreaterThan(MODEL.idleMw());
  }

  /** Narrower arithmetic is cheaper, and a sum in float32 costs what it costs. */
  @Test
  void widerArithmeticCostsMore() {
    assertThat(Action.values())
        .filteredOn(Action::isMac)
        .isSortedAccordingTo((a, b) -> Double.compare(MODEL.picojoules(a), MODEL.picojoules(b)));
  }
}
