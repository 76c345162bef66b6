package dev.ppe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PE memory against its published sizes, which stand here once more: plans stay within what a
 * preset says, so a preset that says too much would go unnoticed.
 */
class PublishedPeMemoryTest {
  /** "Narrow memory" of one PE of Coral. */
  private static final long CORAL_BYTES = 196_608;

  @Test
  void everyProgramThatTheVendorsCompilerReportsFits() {
    String column = "narrow_memory_bytes_per_tile";

    assertThat(Datasets.builtIn().of(Dataset.COMPILER))
        .filteredOn(row -> row.has(column))
        .hasSizeGreaterThan(30)
        .allSatisfy(row -> assertThat(row.count(column)).isBetween(1L, CORAL_BYTES));
  }

  @Test
  void everyPresetOfCoralHasIt() {
    assertThat(Presets.names())
        .filteredOn(preset -> preset.startsWith("coral-"))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(
            preset -> assertThat(Presets.get(preset).peMemory().bytes()).isEqualTo(CORAL_BYTES));
  }

  /** 192 KiB; 384 KB of V2, which Tensor G1 is taken for; 2 MB of V3. */
  @ParameterizedTest
  @CsvSource({"coral-pcie, 196608", "tensor-g1, 393216", "edgetpu-v3, 2097152"})
  void plansOfLargeNetworksStayWithinIt(String preset, long bytes) {
    for (String network : List.of("densenet121", "autoseg_edgetpu_xs")) {
      Evaluation evaluation =
          PerformanceEvaluator.evaluate(
              Zoo.find(network).orElseThrow().graph(),
              Presets.get(preset),
              Fidelity.CYCLE,
              Interruption.NEVER);
      assertThat(evaluation.memory().peMemoryPeakBytes())
          .as("%s on %s", network, preset)
          .isBetween(1L, bytes);
    }
  }
}
