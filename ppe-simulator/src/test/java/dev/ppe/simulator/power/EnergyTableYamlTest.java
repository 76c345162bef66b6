package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a table is named by its field. */
class EnergyTableYamlTest {
  private static final String TABLE = EnergyTables.yaml("unpriced");
  private static final String MAC = "mac_int8_pj: {value: 0, ";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("version: 2", "version: 0", "version is 0, must be between 1 and 1000000"),
        Arguments.of("version: 2", "version: new", "version is \"new\", must be a whole number"),
        Arguments.of("version: 2\n", "", "version is missing"),
        Arguments.of("node_nm: 28", "node_nm: 0.5", "node_nm is 0.5, must be between 1 and 1000"),
        Arguments.of("node_nm: 28", "node_nm: -1", "node_nm is -1, must be a number, 0 or more"),
        Arguments.of(MAC, MAC + "watts: 3, ", "figures.mac_int8_pj.watts is no field"),
        Arguments.of("clock_pe_pj", "clock_pe", "figures.clock_pe_pj is missing"),
        Arguments.of(
            MAC, "mac_int8_pj: {value: -1, ", "figures.mac_int8_pj.value is -1, must be a number"),
        Arguments.of(MAC, "mac_int8_pj: {value: .nan, ", "line 7: not YAML"),
        Arguments.of(
            MAC, "mac_int8_pj: {value: 1.0e+12, ", "mac_int8_pj is 1.0E12, must be between 0 and"),
        Arguments.of(
            "clock_idle_share: {value: 0",
            "clock_idle_share: {value: 1.5",
            "clock_idle_share is 1.5, must be between 0 and 1"),
        Arguments.of(
            MAC,
            "mac_int8_pj: {published: [int9_add], ",
            "figures.mac_int8_pj.published is \"int9_add\", must be one of bfloat16_multiply, "),
        Arguments.of(
            MAC,
            "mac_int8_pj: {value: 1, published: [int8_add], ",
            "figures.mac_int8_pj must have one of value, published and sram_bytes"),
        Arguments.of(
            MAC,
            "mac_int8_pj: {",
            "figures.mac_int8_pj must have one of value, published and sram_bytes"),
        Arguments.of(
            MAC,
            "mac_int8_pj: {value: 1, at_nm: 7, ",
            "figures.mac_int8_pj must have value, at_nm and scaled_like together, or value alone"),
        Arguments.of(
            MAC,
            "mac_int8_pj: {value: 1, at_nm: 7, scaled_like: wool, ",
            "figures.mac_int8_pj.scaled_like is \"wool\", must be one of"),
        Arguments.of(
            MAC,
            "mac_int8_pj: {value: 1, at_nm: 0, scaled_like: int8_add, ",
            "figures.mac_int8_pj.at_nm is 0.0, must be between 1 and 1000"),
        Arguments.of(
            "mac_int8_pj: {value: 0, source: \"[A] not counted\"}",
            "mac_int8_pj: {value: 0, source: \"hearsay\"}",
            "figures.mac_int8_pj.source is \"hearsay\", must begin with one of [S], [D], [M], [A]"),
        Arguments.of(
            "mac_int8_pj: {value: 0, source: \"[A] not counted\"}",
            "mac_int8_pj: {value: 0}",
            "figures.mac_int8_pj.source is missing"),
        Arguments.of("figures:", "figures: 3\nothers:", "figures must be a mapping of fields"),
        Arguments.of("version: 2", "version: 2\nversion: 3", "line 4: version is given twice"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreNamed(String right, String wrong, String message) {
    assertThat(TABLE).contains(right);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnergyTableYaml.read("mine.yaml", TABLE.replace(right, wrong)))
        .withMessageStartingWith("mine.yaml: ")
        .withMessageContaining(message)
        .withMessageNotContaining("\n");
  }

  @Test
  void aTableIsReadAsItIsWritten() {
    EnergyTable table =
        EnergyTableYaml.read(
            "mine.yaml",
            TABLE
                .replace(MAC, "mac_int8_pj: {published: [int8_multiply, int32_add], ")
                .replace("node_nm: 28", "node_nm: 45"));

    assertThat(table.of(Price.MAC_INT8_PJ)).isEqualTo(0.2 + 0.1);
    assertThat(table.nodeNm()).isEqualTo(45);
  }

  @Test
  void damagedTablesAreReadOrRefused() {
    Random random = new Random(20);
    String whole = EnergyTables.yaml("mobile-5nm");
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      StringBuilder damaged = new StringBuilder(whole);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.insert(at, (char) (' ' + random.nextInt(95)));
          default -> damaged.setCharAt(at, (char) (' ' + random.nextInt(95)));
        }
      }
      try {
        EnergyTableYaml.read("mine.yaml", damaged.toString());
      } catch (IllegalArgumentException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("mine.yaml: ").hasMessageNotContaining("\n");
      }
    }
    assertThat(refused).isBetween(50, 500);
  }
}
