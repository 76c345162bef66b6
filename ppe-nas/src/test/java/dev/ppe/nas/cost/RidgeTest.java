package dev.ppe.nas.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Weights by hand, and of data that have known ones. */
class RidgeTest {
  private static SparseRows column(double... values) {
    return new SparseRows(
        1,
        IntStream.range(0, values.length)
            .mapToObj(i -> new SparseRows.Row(new int[] {0}, new double[] {values[i]}))
            .toList());
  }

  @Test
  void thePenaltyShrinksTheSlopeAndNotTheConstant() {
    // Centred x is -1, 0, 1 and y -3, 0, 3: the slope is 6 / (2 + penalty).
    SparseRows x = column(4, 5, 6);
    Ridge fit = Ridge.fit(x, new double[] {7, 10, 13}, 1);
    assertThat(fit.weight(0)).isCloseTo(2, within(1e-9));
    assertThat(fit.constant()).isCloseTo(10 - 2 * 5, within(1e-9));
    assertThat(fit.of(x)).containsExactly(new double[] {8, 10, 12}, within(1e-9));
  }

  @Test
  void knownWeightsAreFoundAgain() {
    SplittableRandom random = new SplittableRandom(3);
    double[] weights = random.doubles(40, -5, 5).toArray();
    List<SparseRows.Row> rows =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    new SparseRows.Row(
                        random.ints(5, 0, 40).distinct().toArray(), new double[] {1, 1, 1, 1, 1}))
            .toList();
    SparseRows x = new SparseRows(40, rows);
    double[] y = x.times(weights);
    for (int i = 0; i < y.length; i++) {
      y[i] += 17;
    }
    Ridge fit = Ridge.fit(x, y, 1e-9);
    assertThat(fit.of(x)).containsExactly(y, within(1e-4));
  }

  @Test
  void equalFiguresHaveNoWeights() {
    Ridge fit = Ridge.fit(column(1, 2, 3), new double[] {5, 5, 5}, 1);
    assertThat(fit.weight(0)).isZero();
    assertThat(fit.constant()).isEqualTo(5);
  }
}
