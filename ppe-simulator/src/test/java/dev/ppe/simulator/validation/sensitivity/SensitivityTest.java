package dev.ppe.simulator.validation.sensitivity;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.Tables;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Assumptions are what the presets' files say they are; effects are those of other machines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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
        rate: 7                      # [D] measured; [A] rounded
        last: 0                      # [A] nothing
      costs:                         # [A] a block
        base: 2
        own: 3                       # [S] a data sheet
        inner:
          deep: 4
      """;

  @Test
  void assumptionsAreTheFieldsThatTheFileTagsAndTheWidthsOfMechanisms() {
    assertThat(Assumption.in(YAML))
        .containsExactly(
            new Assumption("core.simd.lanes", "64", "as before"),
            new Assumption("core.simd.accumulators", "32", "[D] a width"),
            new Assumption("core.other", "true", ""),
            new Assumption("types", "[int8]", "a list"),
            new Assumption("host.rate", "7", "[D] measured; [A] rounded"),
            new Assumption("host.last", "0", "nothing"),
            new Assumption("costs.base", "2", "a block"),
            new Assumption("costs.inner.deep", "4", "a block"));
  }

  /** Measured networks, and then the zoo's. */
  private List<OfPreset> tensorG1 = List.of();

  @BeforeAll
  void varyTensorG1() {
    tensorG1 = vary(List.of("pixel6"), "tensor-g1");
    assertThat(tensorG1)
        .extracting(OfPreset::preset, OfPreset::isMeasured)
        .containsExactly(tuple("tensor-g1", true), tuple("tensor-g1", false));
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
    OfPreset preset = tensorG1.getFirst();
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
    // No measured network is in bfloat16, so how fast it is no row says.
    assertThat(effects(preset, "mac_cycles")).noneMatch(Effect::changes);
    assertThat(preset.others()).isEmpty();
  }

  @Test
  void networksOfTheZooSayWhatMeasuredRowsDoNot() {
    OfPreset preset = tensorG1.getLast();

    assertThat(preset.isMeasured()).isFalse();
    assertThat(preset.meanError()).isEmpty();
    assertThat(preset.sources()).contains("mobilebert_edgetpu_xs", "mobilenet_v2 in bfloat16");
    List<Effect> rate = effects(preset, "mac_cycles");
    assertThat(rate).extracting(Effect::value).containsExactly("[1, 1, 1]", "[1, 1, 3]");
    assertThat(rate.getLast().worstRow()).isEqualTo("mobilenet_v2 in bfloat16");
    assertThat(rate.getLast().meanError()).isEmpty();
    // On Pixel 6's rows it shows.
    assertThat(paths(preset)).doesNotContain("dram.latency_ns");
    assertThat(preset.unchanging())
        .extracting(Assumption::path)
        .contains("placement.contiguous_region");
  }

  /** Nothing was measured of it; and the last is a field of another file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "grid.split; any; spatial",
        "pe_memory.overflow; off-chip; parameter-memory",
        "parameter_memory.cache_bytes; 0; 8262778",
        "dram.part; lpddr4-4266; lpddr5-6400",
        "invocation.instructions.per_layer; 1058; 529 and 2116",
        "placement.contiguous_region; false; true",
        "types; [int8, uint8]; [int8]",
        "lpddr4-4266: geometry.interleave_bytes; 256; 128 and 512"
      })
  void assumptionsHaveOtherValuesOfEachKind(String path, String value, String others) {
    PresetDescription preset = PresetDescription.of("edgetpu-v1");
    Assumption assumption =
        preset.assumptions().stream()
            .filter(one -> one.path().equals(path))
            .findFirst()
            .orElseThrow();

    List<Variation> variations = preset.variations(assumption);

    assertThat(assumption.value()).isEqualTo(value);
    assertThat(variations.stream().map(Variation::value).collect(joining(" and ")))
        .isEqualTo(others);
    assertThat(variations)
        .extracting(one -> one.machine().get())
        .doesNotHaveDuplicates()
        .doesNotContain(Presets.get("edgetpu-v1"));
  }

  @Test
  void whatIsNothingBecomesWhatCoralHas() {
    PresetDescription preset = PresetDescription.of("edgetpu-v1");
    Assumption none = new Assumption("placement.host_operators", "[]", "");

    assertThat(preset.variations(none).getFirst().machine().get().placement().hostOperators())
        .isEqualTo(Presets.get("coral-pcie").placement().hostOperators())
        .isNotEmpty();
  }

  private static List<OfPreset> vary(List<String> tables, String preset) {
    return Sensitivity.of(
            tables.stream().map(table -> Tables.find(table).orElseThrow()).toList(),
            Datasets.builtIn(),
            new Subjects(Optional.empty()),
            List.of(preset),
            found -> {})
        .presets();
  }

  private static List<String> paths(OfPreset preset) {
    return preset.assumptions().stream().map(varied -> varied.assumption().path()).toList();
  }
}
