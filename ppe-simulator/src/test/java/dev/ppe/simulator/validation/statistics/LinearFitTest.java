package dev.ppe.simulator.validation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.simulator.validation.statistics.LinearFit.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand. */
class LinearFitTest {
  private static Point constant(double measured) {
    return new Point(measured, 0, List.of(1.0));
  }

  @Test
  void leastSquaresOfTwoTerms() {
    // Normal equations [2 1; 1 2] c = [5; 6].
    double[] fit =
        LeastSquares.fit(new double[][] {{1, 0}, {0, 1}, {1, 1}}, new double[] {1, 2, 4});

    assertThat(fit).containsExactly(new double[] {4.0 / 3, 7.0 / 3}, within(1e-12));
  }

  @Test
  void termsOfVeryDifferentSizeAreFittedAlike() {
    double[] fit =
        LeastSquares.fit(
            new double[][] {{1e12, 1}, {2e12, 3}, {5e12, 2}}, new double[] {4, 11, 11});

    assertThat(fit[0]).isCloseTo(1e-12, within(1e-20));
    assertThat(fit[1]).isCloseTo(3, within(1e-9));
  }

  @Test
  void aTermThatSaysNothingNewCountsNothing() {
    assertThat(LeastSquares.fit(new double[][] {{1, 2}, {2, 4}}, new double[] {3, 6}))
        .containsExactly(new double[] {3, 0}, within(1e-12));
    assertThat(LeastSquares.fit(new double[][] {{0, 2}}, new double[] {4}))
        .containsExactly(new double[] {0, 2}, within(1e-12));
  }

  @Test
  void rowsAndTargetsBelongTogether() {
    assertThatThrownBy(() -> LeastSquares.fit(new double[0][], new double[0]))
        .hasMessage("0 rows of terms for 0 targets");
  }

  @Test
  void aRowLeftOutIsPredictedByTheOthers() {
    LinearFit fit = LinearFit.of(List.of(constant(1), constant(2), constant(6)));

    assertThat(fit.constants().getFirst()).isCloseTo(3, within(1e-12));
    assertThat(fit.leftOut().pairs()).extracting(Pair::measured).containsExactly(1.0, 2.0, 6.0);
    List<Double> predicted = List.of(4.0, 3.5, 1.5);
    for (int i = 0; i < 3; i++) {
      assertThat(fit.leftOut().pairs().get(i).predicted())
          .isCloseTo(predicted.get(i), within(1e-12));
    }
    assertThat(fit.leftOut().meanError().orElseThrow()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void theOffsetNeedsNoConstant() {
    LinearFit fit =
        LinearFit.of(List.of(new Point(10, 4, List.of(2.0)), new Point(16, 4, List.of(4.0))));

    assertThat(fit.constants()).hasSize(1);
    assertThat(fit.constants().getFirst()).isCloseTo(3, within(1e-12));
    assertThat(fit.fitted().meanError().orElseThrow()).isCloseTo(0, within(1e-12));
  }

  @Test
  void relativeErrorsWeighAllRowsAlike() {
    // (1/1 + 1/2) / (1/1 + 1/4)
    LinearFit fit = LinearFit.relative(List.of(constant(1), constant(2)));

    assertThat(fit.constants()).hasSize(1);
    assertThat(fit.constants().getFirst()).isCloseTo(1.2, within(1e-12));
    assertThatThrownBy(() -> LinearFit.relative(List.of(constant(0))))
        .hasMessageContaining("measured as 0");
  }

  @Test
  void aSingleRowCannotBeLeftOut() {
    assertThat(LinearFit.of(List.of(constant(1))).leftOut().pairs()).isEmpty();
  }
}
