package dev.ppe.simulator.zoo.nasbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  /** Beside a checkout, not in it. */
  private static final Path TABLE = Path.of("..", "..", "shared", "specs", "nasbench201_index.csv");

  @Test
  void allIndicesAreThoseOfTheTable() throws IOException {
    Assumptions.assumeTrue(Files.exists(TABLE), () -> "no table here: " + TABLE);
    List<String> lines = Files.readAllLines(TABLE);
    assertThat(IntStream.range(0, Cell.COUNT).mapToObj(CellTest::line))
        .containsExactlyElementsOf(lines.subList(1, lines.size()));
  }

  private static String line(int index) {
    return Cell.of(index).operations().stream()
        .map(operation -> Integer.toString(List.of(Operation.values()).indexOf(operation)))
        .collect(Collectors.joining(",", index + ",", ""));
  }

  @Test
  void indexStringAndCellAreOne() {
    assertThat(IntStream.range(0, Cell.COUNT).mapToObj(Cell::of))
        .allSatisfy(
            cell -> {
              assertThat(Cell.of(cell.index())).isEqualTo(cell);
              assertThat(Cell.parse(cell.toString())).contains(cell);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0, |avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+"
        + "|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    "9, |avg_pool_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|nor_conv_3x3~2|",
    "123, |avg_pool_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+"
        + "|none~0|avg_pool_3x3~1|nor_conv_3x3~2|",
  })
  void stringIsTheBenchmarks(int index, String text) {
    assertThat(Cell.of(index)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|",
        "none",
        "|none~0|",
        "|none~0|+|none~0|none~1|",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~1|",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|+",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|none~3|",
        "|none~0||none~0|none~1|+|none~0|none~1|none~2|",
        "|conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|",
      })
  void anyOtherStringIsNoCell(String text) {
    assertThat(Cell.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 15_625, Integer.MAX_VALUE})
  void indexMustBeOneOfTheBenchmark(int index) {
    assertThatThrownBy(() -> Cell.of(index)).hasMessageContaining("index is " + index);
  }

  @Test
  void cellHasSixOperations() {
    assertThatThrownBy(() -> new Cell(Stream.generate(() -> Operation.NONE).limit(5).toList()))
        .hasMessageContaining("6 operations, not 5");
  }
}
