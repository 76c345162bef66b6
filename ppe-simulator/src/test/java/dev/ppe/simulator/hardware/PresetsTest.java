package dev.ppe.simulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.power.EnergyTables;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
  static List<String> names() {
    return Presets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetLoadsUnderItsOwnNameWithPricesForItsEnergy(String name) {
    Accelerator accelerator = Presets.get(name);

    assertThat(accelerator.name()).isEqualTo(name);
    assertThat(accelerator.description()).isNotBlank();
    assertThat(accelerator.executes(DataType.INT8)).isTrue();
    assertThat(EnergyTables.names()).contains(accelerator.energyTable());
  }

  /** Two operations, a multiplication and an addition, for each multiply-accumulate. */
  @ParameterizedTest
  @CsvSource({
    "coral-usb, 4.096",
    "coral-dev-board, 4.096",
    "coral-pcie, 4.096",
    "coral-compiler, 4.096",
    "coral-compiler-late, 4.096",
    "edgetpu-v1, 26.2",
    "edgetpu-v2, 8.73",
    "edgetpu-v3, 8.73",
    "tensor-g1, 8.73",
  })
  void peakOperationsPerSecondAreThePublishedOnes(String name, double teraOperations) {
    Accelerator accelerator = Presets.get(name);
    double peak = 2.0 * accelerator.peakMacsPerCycle() * accelerator.clockHz() / 1e12;

    assertThat(peak).isCloseTo(teraOperations, Offset.offset(0.02));
  }

  @Test
  void theDefaultIsOneOfThem() {
    assertThat(Presets.find(Presets.DEFAULT)).isPresent();
  }

  @Test
  void theCoralProductsHoldTheSameSilicon() {
    Accelerator usb = Presets.get("coral-usb");

    for (String product : List.of("coral-dev-board", "coral-pcie")) {
      Accelerator other = Presets.get(product);
      assertThat(List.of(other.grid(), other.core(), other.peMemory(), other.parameterMemory()))
          .isEqualTo(List.of(usb.grid(), usb.core(), usb.peMemory(), usb.parameterMemory()));
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThat(Presets.find("coral-usb2")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Presets.get("coral-usb2"))
        .withMessageContaining("\"coral-usb2\"")
        .withMessageContaining("coral-usb, coral-dev-board");
  }

  @Test
  void aPathIsNoName() {
    assertThat(Presets.find("../power/coral-28nm")).isEmpty();
    assertThat(Presets.find("")).isEmpty();
  }
}
