package dev.ppe.simulator.validation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand. */
class AgreementTest {
  /** Errors +10 %, -10 % and +25 %; measured mean 7/3. */
  private static final Agreement THREE = of(1, 1.1, 2, 1.8, 4, 5);

  private static final Agreement NONE = new Agreement(List.of());

  private static Agreement of(double... measuredAndPredicted) {
    return new Agreement(
        Stream.iterate(0, i -> i < measuredAndPredicted.length, i -> i + 2)
            .map(i -> new Pair(measuredAndPredicted[i], measuredAndPredicted[i + 1]))
            .toList());
  }

  private static void isAbout(OptionalDouble value, double expected) {
    assertThat(value.orElseThrow()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void theMeanErrorIsThatOfMagnitudes() {
    isAbout(THREE.meanError(), (0.1 + 0.1 + 0.25) / 3);
  }

  @Test
  void theWorstErrorKeepsItsSign() {
    isAbout(THREE.worstError(), 0.25);
    isAbout(of(1, 1.5, 1, 0.2).worstError(), -0.8);
  }

  @Test
  void whatIsMeasuredAsNothingHasNoRelativeError() {
    isAbout(of(0, 7, 1, 1.5).meanError(), 0.5);
    assertThat(of(0, 7).meanError()).isEmpty();
  }

  @Test
  void determinationIsThatOfTheUncorrectedLine() {
    // residual 0.01 + 0.04 + 1, total 16/9 + 1/9 + 25/9
    isAbout(THREE.determination(), 1 - 1.05 / (42.0 / 9));
    isAbout(of(1, 2, 2, 4, 3, 6).determination(), 1 - 14.0 / 2); // a factor is not forgiven
  }

  @Test
  void determinationWithoutTheLargestRow() {
    isAbout(THREE.determinationWithoutLargest(), 1 - 0.05 / 0.5);
    // Of equal ones the first goes: (5, 6) and not (5, 5).
    isAbout(of(1, 1, 5, 6, 5, 5).determinationWithoutLargest(), 1);
  }

  @Test
  void determinationOfLogarithms() {
    double residual =
        Math.log(1.1) * Math.log(1.1)
            + Math.log(0.9) * Math.log(0.9)
            + Math.log(1.25) * Math.log(1.25);
    isAbout(THREE.logDetermination(), 1 - residual / (2 * Math.log(2) * Math.log(2)));
    assertThat(of(1, 1, 2, 0).logDetermination()).isEmpty();
  }

  @Test
  void kendallsTauTakesAccountOfTies() {
    isAbout(THREE.kendallTau(), 1);
    isAbout(of(1, 3, 2, 2, 3, 1).kendallTau(), -1);
    // Three pairs up, one down; one tied in each: (3 - 1) / sqrt(5 * 5).
    isAbout(of(1, 1, 2, 3, 2, 2, 3, 2).kendallTau(), 0.4);
  }

  @Test
  void sharesCountRows() {
    isAbout(THREE.shareWithin(0.15), 2.0 / 3);
    isAbout(of(0, 0, 5, 5, 0, 1).shareWithin(0), 2.0 / 3);
    isAbout(of(2, 3, 3, 2, 2, 3.1, 0, 0, 0, 1).shareWithinFactor(1.5), 3.0 / 5);
  }

  @Test
  void tooFewPairsLeaveThingsUndefined() {
    assertThat(NONE.meanError()).isEmpty();
    assertThat(NONE.worstError()).isEmpty();
    assertThat(NONE.determinationWithoutLargest()).isEmpty();
    assertThat(NONE.shareWithin(1)).isEmpty();
    assertThat(of(1, 1).determination()).isEmpty();
    assertThat(of(1, 1).kendallTau()).isEmpty();
  }

  @Test
  void pairsAreNumbers() {
    assertThatThrownBy(() -> new Pair(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Pair(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void spearmansRhoCorrelatesRanks() {
    isAbout(of(1, 10, 2, 200, 3, 3000).spearmanRho(), 1);
    isAbout(of(1, 3, 2, 2, 3, 1).spearmanRho(), -1);
    isAbout(of(1, 1, 2, 3, 3, 2, 4, 4).spearmanRho(), 1 - 6 * 2.0 / (4 * 15));
    // Measured ranks 1.5, 1.5, 3 and predicted 1, 2, 3: covariance 1.5, variances 1.5 and 2.
    isAbout(of(1, 1, 1, 2, 2, 3).spearmanRho(), 1.5 / Math.sqrt(1.5 * 2));
    assertThat(of(1, 1, 1, 2).spearmanRho()).isEmpty();
    assertThat(NONE.spearmanRho()).isEmpty();
  }
}
