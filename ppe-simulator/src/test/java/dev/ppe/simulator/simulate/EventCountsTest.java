package dev.ppe.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many events there are: one for each instruction, as docs/machine-model.md has them. */
class EventCountsTest {
  private static final Path PAGE = Path.of("..", "docs", "machine-model.md");
  private static final String HEADING = "| network | operators |";

  private static List<String> cells(String row) {
    return Arrays.stream(row.split("\\|", -1)).map(cell -> cell.replace("`", "").strip()).toList();
  }

  private static long number(String cell) {
    return Long.parseLong(cell.replace(",", ""));
  }

  private static Program program(Graph network, String preset) {
    return Compiler.compile(
            CanonicalGraph.of(network), Presets.get(preset), Phase.SCHEDULE, Interruption.NEVER)
        .program()
        .orElseThrow();
  }

  @Test
  void thePageHasTheNumberOfInstructionsOfEachNetwork() throws IOException {
    List<String> table =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith(HEADING))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(table).hasSizeGreaterThan(5);
    List<String> presets = cells(table.getFirst());
    for (String line : table.subList(2, table.size())) {
      List<String> row = cells(line);
      Graph network = Zoo.find(row.get(1)).orElseThrow().graph();
      assertThat(number(row.get(2))).as(line).isEqualTo(network.nodes().size());
      for (int column = 3; column < row.size() - 1; column++) {
        String preset = presets.get(column);
        assertThat(number(row.get(column)))
            .as("%s on %s", row.get(1), preset)
            .isEqualTo(program(network, preset).instructions().size());
      }
    }
  }

  /** Exchange of operands, parameters and tile of each layer; beside them the inference's own. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 3_000, 10_000})
  void instructionsOfAChainGrowAsItsOperatorsDo(int operators) {
    assertThat(program(Networks.chain(operators), "tensor-g1").instructions())
        .hasSize(3 * operators + 6);
  }
}
