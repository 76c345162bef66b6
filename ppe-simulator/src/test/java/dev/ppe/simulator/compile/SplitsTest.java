package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest {
  private static Splits of(int rows, int columns, Grid.Split split) {
    return Splits.of(new Grid(rows, columns, split));
  }

  /** Maps lie as the grid does, lines over all PEs, and a single position's channels. */
  @ParameterizedTest
  @CsvSource({
    "56, 28, 4, 2, 1",
    "2, 2, 4, 2, 1",
    "56, 1, 8, 1, 1",
    "1, 28, 1, 8, 1",
    "1, 1, 1, 1, 8",
  })
  void theVendorsCompilerCutsMapsOverTheGrid(
      long rows, long columns, int rowParts, int columnParts, int channelParts) {
    assertThat(of(4, 2, Grid.Split.SPATIAL).candidates(rows, columns))
        .containsExactly(new Split(rowParts, columnParts, channelParts));
  }

  /** 4 = 4 x 1 x 1 = 2 x 2 x 1 = 2 x 1 x 2 = 1 x 4 x 1 = 1 x 2 x 2 = 1 x 1 x 4. */
  @Test
  void otherwiseAllFactorisationsAreTriedRowsFirst() {
    Splits splits = of(2, 2, Grid.Split.ANY);

    assertThat(splits.candidates(56, 28))
        .containsExactly(
            new Split(4, 1, 1),
            new Split(2, 2, 1),
            new Split(2, 1, 2),
            new Split(1, 4, 1),
            new Split(1, 2, 2),
            new Split(1, 1, 4));
    assertThat(splits.candidates(1, 1)).isEqualTo(splits.candidates(56, 28));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "4, 4", "7, 1", "6, 6"})
  void everyFactorisationUsesAllPesAndIsThereOnce(int rows, int columns) {
    var candidates = of(rows, columns, Grid.Split.ANY).candidates(56, 28);

    assertThat(candidates).doesNotHaveDuplicates().allMatch(s -> s.parts() == rows * columns);
    assertThat(candidates).contains(new Split(rows, columns, 1));
  }

  /** 9 rows over 4 PEs are 3, 3, 3 and none. */
  @Test
  void anOutputHasNoMorePartsThanItFills() {
    assertThat(new Split(4, 2, 8).used(9, 1, 3)).isEqualTo(new Split(3, 1, 3));
    assertThat(new Split(4, 2, 8).used(8, 8, 64)).isEqualTo(new Split(4, 2, 8));
  }
}
