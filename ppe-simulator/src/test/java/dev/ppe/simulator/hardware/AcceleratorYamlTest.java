package dev.ppe.simulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorYamlTest {
  private static final String SAMPLE =
      """
      name: sample
      description: "of everything a value of its own"
      clock_hz: 500000000
      grid:
        rows: 4
        columns: 2
        split: spatial
      core:
        simd:
          per_pe: 3
          lanes: 64
          macs_per_lane: 5
          accumulators: 16
          sliding_window: true
          words_in_four_cycles: 7
          pipeline_depth: 9
      pe_memory:
        bytes: 196608
        read_bytes_per_cycle: 8
        write_bytes_per_cycle: 10
        overflow: parameter-memory
        banks: 2
        images_stay: true
      parameter_memory:
        cache_bytes: 8000000
        staging_bytes: 524288
        bytes_per_cycle: 11
        broadcast_bytes_per_cycle: 12
        overlap: false
        prefetch: true
        weights_stay: true
      vector_unit:
        elements_per_cycle: 13
        gathered_in_four_cycles: 14
        residual_add: true
      network:
        bytes_per_cycle: 15
      dram:
        part: lpddr4-4266
        channels: 2
        bytes_per_second: 17000000
        latency_ns: 18
      host_link:
        to_device_bytes_per_second: 19000000
        from_device_bytes_per_second: 20000000
        latency_ns: 21
      invocation:
        overhead_ns: 22
        doorbell_permille: 34
        completion_permille: 35
        layer_overhead_ns: 23
        instructions:
          base: 24
          per_layer: 25
          per_row: 26
          per_block: 27
      types: [int8, uint8]
      mac_cycles: [1, 33]
      placement:
        contiguous_region: true
        host_operators: [sin, argmax]
        max_upsampling: 28
      host:
        name: cpu
        macs_per_second: 29000000
        bytes_per_second: 30000000
        quantized_elements_per_second: 31000000
        overhead_ns: 32
      energy_table: coral-28nm
      """;

  private static final DramPart LPDDR4 =
      new DramPart("lpddr4-4266", DramParts.get("lpddr4-4266").withChannels(2));

  private static final String SYSTOLIC =
      "{rows: 32, columns: 16, dataflow: weight-stationary, overlap: true}";

  @Test
  void aDescriptionReadsAsWritten() {
    assertThat(AcceleratorYaml.read("sample.yaml", SAMPLE))
        .isEqualTo(
            new Accelerator(
                "sample",
                "of everything a value of its own",
                500_000_000,
                new Grid(4, 2, Split.SPATIAL),
                new Core.Simd(3, 64, 5, 16, true, 7, 9),
                new PeMemory(196_608, 8, 10, Overflow.PARAMETER_MEMORY, 2, true),
                new ParameterMemory(8_000_000, 524_288, 11, 12, false, true).withWeightsStay(true),
                new VectorUnit(13, 14, true),
                Optional.of(new Network(15)),
                Optional.of(new Dram(17_000_000, 18, Optional.of(LPDDR4))),
                Optional.of(new HostLink(19_000_000, 20_000_000, 21)),
                new Invocation(22, 34, 35, 23, new Instructions(24, 25, 26, 27)),
                List.of(DataType.INT8, DataType.UINT8),
                List.of(1, 33),
                new PlacementRules(true, List.of("sin", "argmax"), 28),
                new Host("cpu", 29_000_000, 30_000_000, 31_000_000, 32),
                "coral-28nm"));
  }

  /** As descriptions were written before there were shares, banks, and what stays. */
  @Test
  void sharesBanksAndWhatStaysMayBeLeftOut() {
    String older =
        SAMPLE
            .replace("  banks: 2\n", "")
            .replace("  images_stay: true\n", "")
            .replace("  weights_stay: true\n", "")
            .replace("  doorbell_permille: 34\n", "")
            .replace("  completion_permille: 35\n", "");
    Accelerator read = AcceleratorYaml.read("sample.yaml", older);

    assertThat(read.peMemory().banks()).isEqualTo(4);
    assertThat(read.peMemory().imagesStay()).isFalse();
    assertThat(read.parameterMemory().weightsStay()).isFalse();
    assertThat(read.invocation())
        .isEqualTo(new Invocation(22, 23, new Instructions(24, 25, 26, 27)));
    assertThat(read.invocation().driverNs()).isEqualTo(22);
  }

  @Test
  void aSystolicArrayReadsAsWritten() {
    String yaml = withoutPart("core") + "core: {systolic: " + SYSTOLIC + "}\n";

    assertThat(AcceleratorYaml.read("sample.yaml", yaml).core())
        .isEqualTo(new Core.Systolic(32, 16, Dataflow.WEIGHT_STATIONARY, true));
  }

  @Test
  void aCoreIsOfOneKind() {
    assertFails(withoutPart("core") + "core: {}\n", "core must have one of simd and systolic");
    assertFails(
        SAMPLE.replace("core:\n", "core:\n  systolic: " + SYSTOLIC + "\n"),
        "core must have one of simd and systolic");
    assertFails(SAMPLE.replace("  simd:\n", "  scalar:\n"), "core must have one of simd and");
  }

  @Test
  void networkDramAndLinkMayBeLeftOut() {
    assertThat(AcceleratorYaml.read("sample.yaml", withoutPart("network")).network()).isEmpty();
    assertThat(AcceleratorYaml.read("sample.yaml", withoutPart("dram")).dram()).isEmpty();
    assertThat(AcceleratorYaml.read("sample.yaml", withoutPart("host_link")).hostLink()).isEmpty();
  }

  @Test
  void withoutMacCyclesEveryTypeTakesOne() {
    assertThat(AcceleratorYaml.read("sample.yaml", replaceLine("mac_cycles: [1, 33]", "")))
        .extracting(Accelerator::macCycles)
        .isEqualTo(List.of(1, 1));
  }

  private static String withoutPart(String name) {
    String without = SAMPLE.replaceFirst("(?m)^" + name + ":.*\n(  .*\n)*", "");
    assertThat(without).isNotEqualTo(SAMPLE);
    return without;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock_hz: 500000000        | clock_hz is missing",
        "  rows: 4                  | grid.rows is missing",
        "  split: spatial           | grid.split is missing",
        "    lanes: 64              | core.simd.lanes is missing",
        "  overflow: parameter-memory | pe_memory.overflow is missing",
        "  prefetch: true           | parameter_memory.prefetch is missing",
        "    per_row: 26            | invocation.instructions.per_row is missing",
        "  contiguous_region: true  | placement.contiguous_region is missing",
        "  overhead_ns: 32          | host.overhead_ns is missing",
        "energy_table: coral-28nm   | energy_table is missing",
      })
  void aMissingFieldIsNamedWithItsPath(String line, String message) {
    assertFails(replaceLine(line, ""), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock_hz: 500000000 | clock: 5                  | clock_hz is missing",
        "network:            | colour: red~network:      | colour is no field",
        "  rows: 4           | '  rows: 4~  row: 4'      | grid.row is no field",
        "    lanes: 64       | '    lanes: 64~    lane: 4' | core.simd.lane is no field",
        "host_link:          | dram: null~host_link:     | dram is given twice",
        "network:            | network: null~networks:   | network must be a mapping",
        "clock_hz: 500000000 | clock_hz: fast            | clock_hz is \"fast\", must be a whole",
        "clock_hz: 500000000 | clock_hz: 5e8             | clock_hz is 5.0E8, must be a whole",
        "clock_hz: 500000000 | clock_hz: 1000000000000000000000 | must be a whole number",
        "clock_hz: 500000000 | clock_hz: null            | clock_hz is null, must be a whole",
        "clock_hz: 500000000 | clock_hz: [1, 2]          | clock_hz is [1,2], must be a whole",
        "  rows: 4           | '  rows: 4294967297'      | grid.rows is 4294967297, must be",
        "  split: spatial    | '  split: SPATIAL'        | must be one of spatial, any",
        "  split: spatial    | '  split: rows'           | grid.split is \"rows\", must be one of",
        "  split: spatial    | '  split: 3'              | grid.split is 3, must be text",
        "  overflow: parameter-memory | '  overflow: nowhere' | one of parameter-memory, off-chip",
        "  overlap: false    | '  overlap: maybe'        | parameter_memory.overlap is \"maybe\"",
        "name: sample        | name: 7                   | name is 7, must be text",
        "name: sample        | name: ' '                 | name must not be empty",
        "name: sample        | [7]: 3                    | not YAML",
        "  contiguous_region: true | '  contiguous_region: 1' | contiguous_region is 1, must be",
        "  part: lpddr4-4266 | '  part: ddr9'            | dram.part is \"ddr9\", must be one of lpd",
        "  part: lpddr4-4266 | '  part: 5'               | dram.part is 5, must be text",
        "  channels: 2       | '  channels: two'         | dram.channels is \"two\", must be a whole",
        "network:            | network: 64~networks:     | network must be a mapping",
        "types: [int8, uint8] | types: int8              | types is \"int8\", must be a list",
        "types: [int8, uint8] | types: [int9]            | types names \"int9\", which is not one",
        "mac_cycles: [1, 33] | mac_cycles: [1]          | mac_cycles is [1], must have a number for",
        "mac_cycles: [1, 33] | mac_cycles: 1            | mac_cycles is 1, must be a list",
        "mac_cycles: [1, 33] | mac_cycles: [1, fast]    | must be a list of whole numbers below",
        "mac_cycles: [1, 33] | mac_cycles: [1, 0]       | mac_cycles is 0, must be between 1 and 64",
        "types: [int8, uint8] | types: []                | types is [], must name at least one",
        "types: [int8, uint8] | types: [int8, INT8]      | must name at least one, each once",
        "  host_operators: [sin, argmax] | '  host_operators: sin' | placement.host_operators is",
        "  host_operators: [sin, argmax] | '  host_operators: [sin, argmx]' | \"argmx\", which is no kind",
        "  host_operators: [sin, argmax] | '  host_operators: [hardswish]' | did you mean hard-swish?",
        "  host_operators: [sin, argmax] | '  host_operators: [sin, \"\"]' | host_operators must not",
      })
  void aWrongFieldIsNamedWithWhatItMayBe(String line, String replacement, String message) {
    assertFails(replaceLine(line, replacement.replace('~', '\n')), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock_hz: 500000000   | clock_hz: 999999        | clock_hz is 999999, must be between",
        "clock_hz: 500000000   | clock_hz: -1            | clock_hz is -1, must be between",
        "  rows: 4             | '  rows: 0'             | grid.rows is 0, must be between 1 and",
        "  rows: 4             | '  rows: 65'            | grid.rows is 65, must be between 1 and",
        "    lanes: 64         | '    lanes: 4097'       | core.lanes is 4097",
        "    macs_per_lane: 5  | '    macs_per_lane: 0'  | core.macs_per_lane is 0",
        "    accumulators: 16  | '    accumulators: 0'   | core.accumulators is 0",
        "    words_in_four_cycles: 7 | '    words_in_four_cycles: 3' | words_in_four_cycles is 3",
        "    pipeline_depth: 9 | '    pipeline_depth: 0' | core.pipeline_depth is 0",
        "  bytes: 196608       | '  bytes: 1023'         | pe_memory.bytes is 1023",
        "  staging_bytes: 524288 | '  staging_bytes: 1'  | parameter_memory.staging_bytes is 1",
        "  broadcast_bytes_per_cycle: 12 | '  broadcast_bytes_per_cycle: 0' | broadcast_bytes_per",
        "  elements_per_cycle: 13 | '  elements_per_cycle: 0' | vector_unit.elements_per_cycle is 0",
        "  gathered_in_four_cycles: 14 | '  gathered_in_four_cycles: 0' | gathered_in_four",
        "  channels: 2         | '  channels: 0'         | dram.channels is 0, must be between 1 and 64",
        "  channels: 2         | '  channels: 65'        | dram.channels is 65, must be between",
        "  bytes_per_second: 17000000 | '  bytes_per_second: 1' | dram.bytes_per_second is 1, must",
        "  latency_ns: 21      | '  latency_ns: -1'      | host_link.latency_ns is -1",
        "  overhead_ns: 22     | '  overhead_ns: -5'     | invocation.overhead_ns is -5",
        "  layer_overhead_ns: 23 | '  layer_overhead_ns: -5' | invocation.layer_overhead_ns is -5",
        "    per_block: 27     | '    per_block: -1'     | invocation.instructions.per_block is -1",
        "  max_upsampling: 28  | '  max_upsampling: 0'   | placement.max_upsampling is 0",
        "  macs_per_second: 29000000 | '  macs_per_second: 1' | host.macs_per_second is 1",
        "  quantized_elements_per_second: 31000000 | '  quantized_elements_per_second: 1' | host.q",
      })
  void aFieldOutOfRangeIsNamedWithItsRange(String line, String replacement, String message) {
    assertFails(replaceLine(line, replacement), message);
  }

  @Test
  void aDramHasAsManyChannelsAsItsDataSheetIfNotSaidOtherwise() {
    String yaml = SAMPLE.replace("  channels: 2\n", "");

    assertThat(AcceleratorYaml.read("sample.yaml", yaml).dram().flatMap(Dram::part))
        .contains(new DramPart("lpddr4-4266", DramParts.get("lpddr4-4266")));
  }

  @Test
  void aMemoryMayBeNoMoreThanItsPort() {
    String yaml = SAMPLE.replace("  part: lpddr4-4266\n  channels: 2\n", "");

    assertThat(AcceleratorYaml.read("sample.yaml", yaml).dram())
        .contains(new Dram(17_000_000, 18, Optional.empty()));
  }

  @Test
  void channelsAreThoseOfAPart() {
    assertFails(
        SAMPLE.replace("  part: lpddr4-4266\n", ""),
        "dram.channels is given, so must be dram.part");
  }

  /** 64 x 2 PEs of 3 x 4096 lanes of 5, each in its range. */
  @Test
  void allPesTogetherHaveALimit() {
    assertFails(
        SAMPLE.replace("rows: 4", "rows: 64").replace("lanes: 64", "lanes: 4096"),
        "multiply-accumulates of all PEs in one cycle is 7864320, must be between 1 and 1048576");
  }

  @Test
  void withoutDramAndHostLinkNothingReachesTheChip() {
    String yaml = withoutPart("dram").replaceFirst("(?s)host_link:.*?invocation:", "invocation:");

    assertFails(yaml, "one of dram and host_link must be given");
  }

  /** Otherwise the second one wins in silence. */
  @Test
  void aFieldGivenTwiceIsAMistake() {
    assertFails("name: x\nclock_hz: 1\nclock_hz: 2\n", "clock_hz is given twice");
    assertFails(SAMPLE + "\nclock_hz: 250000000\n", "clock_hz is given twice");
  }

  @Test
  void aSecondDocumentIsAMistake() {
    assertFails(SAMPLE + "\n---\nname: other\n", ": a second document; there may be one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "# nothing",
        "null",
        "7",
        "coral",
        "[1, 2]",
        "name: [",
        "name: {a: b",
        "\tname: x",
        "name: \"open",
        "%YAML 9.9\n---\nname: x",
        "!!java.net.URL [\"http://localhost/\"]",
        "name: *nobody",
        "\u0000",
        "name: \u0007",
        "? {a: b}\n: c",
        "<<: 7",
        "PK\u0003\u0004",
      })
  void whatIsNoDescriptionIsRefusedWithItsSource(String yaml) {
    assertFails(yaml, "");
  }

  /** What the libraries have to say of it is of use to nobody. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: [             | my.yaml: line 1: not YAML",
        "name: x~clock_hz: { | my.yaml: line 2: not YAML",
        "a: b: c             | my.yaml: line 1: not YAML",
        "name: \"open         | my.yaml: line 1: not YAML",
        "[7]: 3              | my.yaml: line 1: not YAML",
        "a: 1~a: 2           | my.yaml: line 2: a is given twice",
      })
  void whatIsNotYamlIsToldByItsLine(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AcceleratorYaml.read("my.yaml", yaml.replace('~', '\n')))
        .withMessage(message);
  }

  @Test
  void aDescriptionLongerThanTheLimitIsNotParsed() {
    assertFails("#".repeat(AcceleratorYaml.MAX_LENGTH + 1), "65537 characters long, the limit");
    assertThat(AcceleratorYaml.read("coral.yaml", SAMPLE + " ".repeat(1 << 15))).isNotNull();
  }

  /** Nine levels of nine references each would be 387 million nodes. */
  @Test
  void referencesAreNotExpanded() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int level = 1; level <= 9; level++) {
      String reference = "*a" + (level - 1);
      yaml.append("a%d: &a%d [%s]%n".formatted(level, level, (reference + ", ").repeat(9)));
    }
    assertFails(yaml.toString(), "name is missing");
    assertFails("&a [*a]", "must be a mapping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "a: [b, {c: "})
  void deepNestingEndsInAMessage(String opening) {
    assertFails(opening.repeat(10_000), "");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noMutationOfADescriptionEscapesAsAnotherException(long seed) {
    Random random = new Random(seed);
    String letters = "0123456789abc_:-[]{}#&*!|>%@`'\",\n\t \u0000\u00e9?.";
    for (int i = 0; i < 250; i++) {
      StringBuilder yaml = new StringBuilder(SAMPLE);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int place = random.nextInt(yaml.length());
        if (random.nextBoolean()) {
          yaml.setCharAt(place, letters.charAt(random.nextInt(letters.length())));
        } else {
          yaml.delete(place, Math.min(yaml.length(), place + random.nextInt(30)));
        }
      }
      try {
        assertThat(AcceleratorYaml.read("mutant", yaml.toString())).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("mutant: ");
      }
    }
  }

  private static String replaceLine(String line, String replacement) {
    String before =
        SAMPLE
            .lines()
            .filter(l -> l.strip().equals(line.strip()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no line " + line));
    return ("\n" + SAMPLE)
        .replace("\n" + before + "\n", replacement.isEmpty() ? "\n" : "\n" + replacement + "\n");
  }

  private static void assertFails(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AcceleratorYaml.read("my.yaml", yaml))
        .withMessageStartingWith("my.yaml: ")
        .withMessageContaining(message);
  }
}
