package dev.ppe.simulator.validation.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.simulator.validation.claim.Ibn.Form;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BenchTest {
  private static final Bench BENCH = Bench.of("tensor-g1");

  /**
   * Weights by hand, for C = 64 and m = 4 x 64: depthwise 2 C m + 9 m, fused 9 C m + m C, grouped 9
   * C m / g + m C, as is its dual, generalised 2 C m + 9 m m / g; and a bias for each channel that
   * a convolution gives.
   */
  @ParameterizedTest
  @CsvSource({
    "DEPTHWISE, 1, 35072, 576",
    "FUSED, 1, 163840, 320",
    "GROUPED, 4, 53248, 320",
    "DUAL, 4, 53248, 320",
    "GENERALIZED, 4, 180224, 576"
  })
  void aBlockHasTheParametersOfItsForm(Form form, int groups, long weights, long biases) {
    Cost cost = BENCH.cost(new Ibn(56, 64, 4, form, groups, 3));

    assertThat(cost.parameters()).isEqualTo((double) (weights + biases));
    assertThat(cost.macs()).isEqualTo(56 * 56 * weights);
  }

  /** An inner block takes what eight blocks take more than four, but for what lies at the ends. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void anInnerBlocksTimeIsWhatItAddsToANetwork(Form form) {
    int groups = form == Form.DEPTHWISE || form == Form.FUSED ? 1 : 4;
    Ibn block = new Ibn(56, 32, 4, form, groups, 3);

    double added = (BENCH.endToEnd(block, 8) - BENCH.endToEnd(block, 4)) / 4;

    assertThat(BENCH.cost(block).micros()).isCloseTo(added, within(0.02 * added));
  }

  @Test
  void layersAddUpToTheirBlock() {
    Ibn block = Ibn.depthwise(28, 32, 6, 5);

    double layers =
        BENCH.cost(block, List.of("expand", "dw5x5")).micros()
            + BENCH.cost(block, List.of("project", "add")).micros();

    assertThat(layers).isCloseTo(BENCH.cost(block).micros(), within(1e-9));
  }

  @Test
  void aLayerThatIsNotThereIsAMistake() {
    assertThatThrownBy(() -> BENCH.cost(Ibn.fused(28, 32, 6, 3), List.of("dw3x3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such layer in fused e6");
  }

  @Test
  void aConstantCanBeMultiplied() {
    Ibn block = Ibn.depthwise(28, 32, 6, 3);

    assertThat(BENCH.with("pe_memory.read_bytes_per_cycle", 16).cost(block).micros())
        .isLessThan(BENCH.cost(block).micros());
  }
}
