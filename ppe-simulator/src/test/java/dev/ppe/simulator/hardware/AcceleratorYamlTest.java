package dev.ppe.simulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.simulator.graph.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorYamlTest {
  private static final String CORAL = resource("coral-usb.yaml");

  private static String resource(String name) {
    try (InputStream in = Presets.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDescriptionReadsAsWritten() {
    Accelerator coral = AcceleratorYaml.read("coral.yaml", CORAL);

    assertThat(coral).isEqualTo(Presets.get("coral-usb"));
    assertThat(coral.clockHz()).isEqualTo(500_000_000);
    assertThat(coral.grid().pes()).isEqualTo(16);
    assertThat(coral.dram()).isEmpty();
    assertThat(coral.types()).containsExactly(DataType.INT8, DataType.UINT8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock_hz: 500000000            | clock_hz is missing",
        "  rows: 4                      | grid.rows is missing",
        "  overhead_ns: 5000            | host.overhead_ns is missing",
        "contiguous_region: true        | contiguous_region is missing",
        "energy_table: coral-28nm       | energy_table is missing",
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
        "host_link:          | dram: null~host_link:     | dram must be a mapping",
        "clock_hz: 500000000 | clock_hz: fast            | clock_hz is \"fast\", must be a whole",
        "clock_hz: 500000000 | clock_hz: 5e8             | clock_hz is 5.0E8, must be a whole",
        "clock_hz: 500000000 | clock_hz: 1000000000000000000000 | must be a whole number",
        "clock_hz: 500000000 | clock_hz: null            | clock_hz is null, must be a whole",
        "clock_hz: 500000000 | clock_hz: [1, 2]          | clock_hz is [1,2], must be a whole",
        "  rows: 4           | '  rows: 4294967297'      | grid.rows is 4294967297, must be",
        "name: coral-usb     | name: 7                   | name is 7, must be text",
        "name: coral-usb     | name: ' '                 | name must not be empty",
        "name: coral-usb     | [7]: 3                    | not YAML",
        "contiguous_region: true | contiguous_region: 1  | contiguous_region is 1, must be true",
        "network:            | network: 64~networks:    | network must be a mapping",
        "types: [int8, uint8] | types: int8              | types is \"int8\", must be a list",
        "types: [int8, uint8] | types: [int9]            | types names \"int9\", which is not one",
        "types: [int8, uint8] | types: []                | types is [], must name at least one",
        "types: [int8, uint8] | types: [int8, INT8]      | must name at least one, each once",
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
        "  lanes: 64           | '  lanes: 4097'         | core.lanes is 4097",
        "  macs_per_lane: 4    | '  macs_per_lane: 0'    | core.macs_per_lane is 0",
        "  accumulators: 16    | '  accumulators: 0'     | core.accumulators is 0",
        "  bytes: 196608       | '  bytes: 1023'         | pe_memory.bytes is 1023",
        "  staging_bytes: 524288 | '  staging_bytes: 1'  | parameter_memory.staging_bytes is 1",
        "  elements_per_cycle: 64 | '  elements_per_cycle: 0' | vector_unit.elements_per_cycle is 0",
        "  latency_ns: 30000   | '  latency_ns: -1'      | host_link.latency_ns is -1",
        "  overhead_ns: 100000 | '  overhead_ns: -5'     | invocation.overhead_ns is -5",
        "  macs_per_second: 48000000000 | '  macs_per_second: 1' | host.macs_per_second is 1",
        "  lanes: 64           | '  lanes: 4096'         | 0 x core.lanes x",
      })
  void aFieldOutOfRangeIsNamedWithItsRange(String line, String replacement, String message) {
    String yaml = replaceLine(line, replacement);
    if (message.startsWith("0 x")) { // each in range, and too much together
      assertFails(
          yaml.replaceFirst("rows: 4 *\n", "rows: 64\n").replaceFirst("lanes: 64", "lanes: 4096"),
          "grid.rows x grid.columns x core.per_pe x core.lanes x core.macs_per_lane is 4194304");
    } else {
      assertFails(yaml, message);
    }
  }

  @Test
  void withoutDramAndHostLinkNothingReachesTheChip() {
    String yaml = CORAL.replaceFirst("(?s)host_link:.*?invocation:", "invocation:");

    assertFails(yaml, "one of dram and host_link must be given");
  }

  /** Otherwise the second one wins in silence. */
  @Test
  void aFieldGivenTwiceIsAMistake() {
    assertFails("name: x\nclock_hz: 1\nclock_hz: 2\n", "clock_hz is given twice");
    assertFails(CORAL + "\nclock_hz: 250000000\n", "clock_hz is given twice");
  }

  @Test
  void aSecondDocumentIsAMistake() {
    assertFails(CORAL + "\n---\nname: other\n", ": a second document; there may be one");
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
    assertThat(AcceleratorYaml.read("coral.yaml", CORAL + " ".repeat(1 << 15))).isNotNull();
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
      StringBuilder yaml = new StringBuilder(CORAL);
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
    String found =
        CORAL
            .lines()
            .filter(candidate -> candidate.equals(line) || candidate.startsWith(line + " "))
            .findFirst()
            .or(() -> CORAL.lines().filter(c -> c.strip().startsWith(line.strip())).findFirst())
            .orElseThrow(() -> new AssertionError("no line " + line));
    return CORAL.replace(found + "\n", replacement.isEmpty() ? "" : replacement + "\n");
  }

  private static void assertFails(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AcceleratorYaml.read("my.yaml", yaml))
        .withMessageStartingWith("my.yaml: ")
        .withMessageContaining(message);
  }
}
