package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnergyTablesTest {
  private static final EnergyTable CORAL = EnergyTables.get("coral-28nm");
  private static final EnergyTable MOBILE = EnergyTables.get("mobile-5nm");

  @ParameterizedTest
  @EnumSource(Price.class)
  void nothingIsDearerAtASmallerNode(Price price) {
    assertThat(MOBILE.of(price)).isPositive().isLessThanOrEqualTo(CORAL.of(price));
    assertThat(EnergyTables.get("unpriced").of(price)).isZero();
  }

  @Test
  void everyFigureHasASourceWithItsTag() {
    for (String name : EnergyTables.names()) {
      assertThat(EnergyTables.get(name).name()).isEqualTo(name);
      assertThat(EnergyTables.get(name).version()).isPositive();
      assertThat(EnergyTables.get(name).entries().values())
          .allSatisfy(entry -> assertThat(entry.source()).matches("\\[[SDMA]\\] .+"));
    }
  }

  /** Through 0.2 + 0.1 pJ at 45 nm and 0.07 + 0.03 pJ at 7 nm. */
  @Test
  void arithmeticLiesOnThePowerLawOfTheNode() {
    double multiply = Math.log(0.2 / 0.07) / Math.log(45.0 / 7);
    double add = Math.log(0.1 / 0.03) / Math.log(45.0 / 7);

    assertThat(CORAL.of(Price.MAC_INT8_PJ))
        .isCloseTo(
            0.2 * Math.pow(28 / 45.0, multiply) + 0.1 * Math.pow(28 / 45.0, add),
            withinPercentage(1e-9));
    assertThat(MOBILE.of(Price.MAC_INT8_PJ))
        .isCloseTo(
            0.2 * Math.pow(5 / 45.0, multiply) + 0.1 * Math.pow(5 / 45.0, add),
            withinPercentage(1e-9));
  }

  /** A figure of 28 nm at 5 nm: as many times less as a published one is. */
  @Test
  void figuresOfOneNodeAreScaledLikePublishedOnes() {
    PublishedFigure multiply = PublishedFigures.builtIn().get("int8_multiply");

    assertThat(CORAL.of(Price.CLOCK_MAC_PJ)).isEqualTo(0.45);
    assertThat(MOBILE.of(Price.CLOCK_MAC_PJ) / CORAL.of(Price.CLOCK_MAC_PJ))
        .isCloseTo(multiply.at(5) / multiply.at(28), withinPercentage(1e-9));
  }

  @Test
  void publishedFiguresComeOutAtTheirNodes() {
    PublishedFigure figure = new PublishedFigure(45, 0.3, 7, 0.1, "a test");

    assertThat(figure.at(45)).isCloseTo(0.3, within(1e-12));
    assertThat(figure.at(7)).isCloseTo(0.1, within(1e-12));
    assertThat(figure.at(Math.sqrt(45 * 7))).isCloseTo(Math.sqrt(0.3 * 0.1), within(1e-12));
  }

  @Test
  void memoriesLieBetweenThePublishedSizes() {
    SramCurve curve = new SramCurve(List.of(10.0, 20.0, 100.0)); // 45 nm

    assertThat(curve.bytePj(8 << 10)).isCloseTo(10 / 8.0, within(1e-12));
    assertThat(curve.bytePj(16 << 10)).isCloseTo(Math.sqrt(200) / 8, within(1e-12));
    assertThat(curve.bytePj(32 << 10)).isCloseTo(20 / 8.0, within(1e-12));
    assertThat(curve.bytePj(1 << 20)).isCloseTo(100 / 8.0, within(1e-12));
    assertThat(curve.bytePj(32 << 20)).isCloseTo(500 / 8.0, within(1e-9)); // on the last line
  }

  /**
   * The data sheet's 2 W and 4 TOPS, of which the clock's figure is made: every multiplier in every
   * cycle, a word of activations for a lane's four, and a line of weights as often as needed.
   */
  @Test
  void coralTakesTheTwoWattsOfItsDataSheetWithAllMultipliersAtWork() {
    Accelerator coral = Presets.get("coral-usb");
    EnergyModel model = new EnergyModel(CORAL, coral);
    Core.Simd core = (Core.Simd) coral.core();
    double cycles = coral.clockHz();
    double macs = coral.peakMacsPerCycle() * cycles;
    double lines = (double) core.lineBytes() / core.accumulators() * cycles;
    int pes = coral.grid().pes();
    double dynamic =
        macs * model.picojoules(Action.MAC_INT8)
            + (2 * macs + 8 * macs / core.macsPerLane() + pes * lines)
                * model.picojoules(Action.REGISTER_BYTE)
            + pes * 4 * cycles * model.picojoules(Action.PE_MEMORY_READ_BYTE)
            + lines * model.picojoules(Action.CORE_MEMORY_READ_BYTE)
            + pes * lines * model.picojoules(Action.NETWORK_BYTE_HOP);
    double watts = dynamic * 1e-12 + model.busyMw() * 1e-3;

    assertThat(watts).isCloseTo(2.0, within(0.02));
    assertThat(2 * macs * 1e-12 / watts).isCloseTo(2.0, within(0.06)); // TOPS/W: 4.096 are "4"
  }

  @Test
  void anUnknownTableIsAnsweredWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnergyTables.get("7nm"))
        .withMessage("energy_table names \"7nm\"; there are coral-28nm, mobile-5nm, unpriced");
  }
}
