package dev.ppe.simulator.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The figures of docs/energy.md are those of the tables, to the last digit that is shown. */
class EnergyPageTest {
  private static final Path PAGE = Path.of("..", "docs", "energy.md");
  private static final EnergyTable CORAL = EnergyTables.get("coral-28nm");
  private static final EnergyTable MOBILE = EnergyTables.get("mobile-5nm");
  private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)( nJ)?");
  private static final Pattern NODES = Pattern.compile("\\((28|5) nm\\)");

  /** Of each row the figures of both nodes, or of the one that it has any of. */
  private static final Map<String, List<Price>> ENERGIES =
      Map.of(
          "int8 MAC", List.of(Price.MAC_INT8_PJ),
          "int16 MAC", List.of(Price.MAC_INT16_PJ),
          "bfloat16 MAC", List.of(Price.MAC_BFLOAT16_PJ),
          "float16, float32 MAC", List.of(Price.MAC_FLOAT16_PJ, Price.MAC_FLOAT32_PJ),
          "register byte", List.of(Price.REGISTER_BYTE_PJ),
          "vector operation", List.of(Price.VECTOR_OPERATION_PJ),
          "byte to the next PE", List.of(Price.NETWORK_BYTE_HOP_PJ),
          "DRAM byte, activate, refresh",
              List.of(Price.DRAM_READ_BYTE_PJ, Price.DRAM_ACTIVATE_PJ, Price.DRAM_REFRESH_PJ),
          "host link byte", List.of(Price.HOST_LINK_BYTE_PJ));

  private static final Map<String, Price> POWERS =
      Map.of(
          "logic", Price.LEAKAGE_MAC_UW,
          "memories", Price.LEAKAGE_SRAM_MIB_MW,
          "multipliers", Price.CLOCK_MAC_PJ,
          "PEs' other parts", Price.CLOCK_PE_PJ);

  @Test
  void pricesOfActionsAreTheTables() throws IOException {
    for (Map.Entry<String, List<Price>> row : ENERGIES.entrySet()) {
      String[] cells = cells(row.getKey());
      requireFigures(cells[2], row.getValue().stream().map(CORAL::of).toList());
      requireFigures(cells[3], row.getValue().stream().map(MOBILE::of).toList());
    }
  }

  @Test
  void memoriesCostWhatTheirSizesDo() throws IOException {
    requireFigures(cells("192 KiB memory, byte")[2], List.of(CORAL.sramBytePj(192 << 10)));
    requireFigures(
        cells("384 KiB, 32 KiB memory, byte")[3],
        List.of(MOBILE.sramBytePj(384 << 10), MOBILE.sramBytePj(32 << 10)));
  }

  @Test
  void leakageAndClockAreTheTables() throws IOException {
    for (Map.Entry<String, Price> row : POWERS.entrySet()) {
      String figures = NODES.matcher(cells(row.getKey())[2]).replaceAll("");
      requireFigures(figures, List.of(CORAL.of(row.getValue()), MOBILE.of(row.getValue())));
    }
  }

  /** The cells of the row that begins so; the first one is empty. */
  private static String[] cells(String label) throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE, StandardCharsets.UTF_8).stream()
            .filter(line -> line.startsWith("| " + label + " |"))
            .toList();
    assertThat(rows).as(label).hasSize(1);
    return rows.getFirst().split("\\|", -1);
  }

  private static void requireFigures(String text, List<Double> expected) {
    List<MatchResult> shown = NUMBER.matcher(text).results().toList();
    assertThat(shown).as(text).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      BigDecimal figure = new BigDecimal(shown.get(i).group(1));
      double unit = shown.get(i).group(2) == null ? 1 : 1000;
      double halfADigit = figure.ulp().doubleValue() * unit / 2;
      assertThat(Math.abs(figure.doubleValue() * unit - expected.get(i)))
          .as("%s is %s", text, expected.get(i))
          .isLessThanOrEqualTo(halfADigit * (1 + 1e-9));
    }
  }
}
