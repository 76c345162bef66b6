package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Presets;
import org.junit.jupiter.api.Test;

class EnergyTablesTest {
  @Test
  void aSmallerNodeIsCheaper() {
    EnergyTable old = EnergyTables.get("coral-28nm");
    EnergyTable young = EnergyTables.get("mobile-5nm");

    assertThat(young.macPj()).isPositive().isLessThan(old.macPj());
    assertThat(young.peMemoryBytePj()).isPositive().isLessThan(old.peMemoryBytePj());
    assertThat(young.dramBytePj()).isPositive().isLessThan(old.dramBytePj());
  }

  /** E45 x (node / 45)^p through 0.3 pJ at 45 nm and 0.1 pJ at 7 nm: docs/machine-model.md. */
  @Test
  void multiplyAccumulatesLieOnThePowerLawOfTheNode() {
    double power = Math.log(0.3 / 0.1) / Math.log(45.0 / 7);

    assertThat(EnergyTables.get("coral-28nm").macPj())
        .isEqualTo(Math.round(300 * Math.pow(28.0 / 45, power)) / 1000.0);
    assertThat(EnergyTables.get("mobile-5nm").macPj())
        .isEqualTo(Math.round(300 * Math.pow(5.0 / 45, power)) / 1000.0);
  }

  /** All MACs at work, each with a byte of activations for a lane's four and its weights. */
  @Test
  void coralStaysWithinTheTwoWattsOfItsDataSheet() {
    Accelerator coral = Presets.get("coral-usb");
    Core.Simd core = (Core.Simd) coral.core();
    EnergyTable table = EnergyTables.get(coral.energyTable());
    double macsPerSecond = (double) coral.peakMacsPerCycle() * coral.clockHz();
    double watts =
        macsPerSecond * table.macPj() * 1e-12
            + coral.grid().pes() * 4.0 * coral.clockHz() * table.peMemoryBytePj() * 1e-12
            + macsPerSecond / core.accumulators() * table.parameterBytePj() * 1e-12
            + table.staticMw() * 1e-3;

    assertThat(watts).isBetween(1.0, 2.0);
  }

  @Test
  void anUnknownTableIsAnsweredWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnergyTables.get("7nm"))
        .withMessage("energy_table names \"7nm\"; there are coral-28nm, mobile-5nm, unpriced");
  }
}
