package dev.ppe.simulator.validation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.Tables;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Assumptions are what the presets' files say they are; effects are those of other machines. */
class SensitivityTest {
  private static final String YAML =
      """
      # [A] in a line of its own tags nothing
      name: sample
      clock_hz: 500000000            # [S] a data sheet
      core:
        simd:
          lanes: 64                  # [A] as before
          depth: 3
          accumulators: 32           # [D] a width
        other: true                  # [A]
      types: [int8]                  # [A] a list
      host:                          # [A] of a part: its fields have their own
        rate: 7                      # [D] measured, no longer [A]
        last: 0                      # [A] nothing
      """;

  static List<String> presets() {
    return Presets.names();
  }

  @Test
  void assumptionsAreTheFieldsThatTheFileTagsAndTheWidthsOfMechanisms() {
    assertThat(Assumption.in(YAML))
        .containsExactly(
            new Assumption("core.simd.lanes", "64", "as before"),
            new Assumption("core.simd.accumulators", "32", "[D] a width"),
            new Assumption("core.other", "true", ""),
            new Assumption("types", "[int8]", "a list"),
            new Assumption("host.last", "0", "nothing"));
  }

  /** The path leads to the value, or it could not be changed. */
  @ParameterizedTest
  @MethodSource("presets")
  void everyNumberThatIsAssumedIsFoundUnderItsPath(String preset) {
    for (Assumption assumption : Assumption.in(AcceleratorDocument.preset(preset).yaml())) {
      if (assumption.isNumber()) {
        assertThat(AcceleratorDocument.preset(preset).number(assumption.path()))
            .as(assumption.path())
            .hasValue(Long.parseLong(assumption.value()));
      }
    }
  }

  private static OfPreset pixel6() {
    SensitivityReport report =
        Sensitivity.of(
            List.of(Tables.find("pixel6").orElseThrow()),
            Datasets.builtIn(),
            new Subjects(Optional.empty()),
            List.of(),
            preset -> {});
    assertThat(report.presets()).extracting(OfPreset::preset).containsExactly("tensor-g1");
    return report.presets().getFirst();
  }

  private static List<Effect> effects(OfPreset preset, String path) {
    return preset.assumptions().stream()
        .filter(varied -> varied.assumption().path().equals(path))
        .map(OfAssumption::effects)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyAssumptionHasItsEffectsOnTheMeasuredNetworks() {
    OfPreset preset = pixel6();
    assertThat(preset.rows()).isEqualTo(8);
    assertThat(preset.meanError()).isPresent();

    // A transfer waits for it: half is faster, twice is slower.
    List<Effect> latency = effects(preset, "dram.latency_ns");
    assertThat(latency).extracting(Effect::value).containsExactly("50", "200");
    assertThat(latency.get(0).meanChange().orElseThrow()).isNegative();
    assertThat(latency.get(1).meanChange().orElseThrow()).isPositive();
    assertThat(latency.get(1).worstChange().orElseThrow())
        .isGreaterThanOrEqualTo(latency.get(1).meanChange().orElseThrow());
    assertThat(latency.get(1).worstRow()).isNotEmpty();

    assertThat(effects(preset, "parameter_memory.overlap"))
        .extracting(Effect::value)
        .containsExactly("false");
    // Words cannot come slower than one a cycle.
    Effect impossible = effects(preset, "core.simd.words_in_four_cycles").getFirst();
    assertThat(impossible.refused()).contains("words_in_four_cycles is 3, must be between 4 and");
    assertThat(impossible.meanChange()).isEmpty();
    // Small numbers are varied by one.
    assertThat(effects(preset, "vector_unit.gathered_in_four_cycles"))
        .extracting(Effect::value)
        .containsExactly("5", "7");
    assertThat(preset.others()).extracting(Assumption::path).contains("mac_cycles");
  }
}
