package dev.ppe.nas.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Importances are shares of variance, where that can be known. */
class ImportanceTest {
  private static final int TRIALS = 4_000;
  private static final int[] SIZES = {2, 4, 3};

  private final SplittableRandom random = new SplittableRandom(1);

  /** Independent choices, each as likely as the others. */
  private int[][] levels() {
    int[][] levels = new int[SIZES.length][TRIALS];
    for (int i = 0; i < SIZES.length; i++) {
      for (int trial = 0; trial < TRIALS; trial++) {
        levels[i][trial] = random.nextInt(SIZES[i]);
      }
    }
    return levels;
  }

  private static Importance of(int[][] levels, ToDoubleFunction<int[]> figure) {
    double[] figures = new double[levels[0].length];
    for (int trial = 0; trial < figures.length; trial++) {
      int[] point = {levels[0][trial], levels[1][trial], levels[2][trial]};
      figures[trial] = figure.applyAsDouble(point);
    }
    return Importance.of("latency", levels, SIZES, figures);
  }

  /** Variances: of {0, 4} 4, of {0, 1, 2, 3} 1.25, of nothing 0. */
  @Test
  void independentParametersShareTheVarianceOfASum() {
    Importance importance = of(levels(), point -> 7 + 4 * point[0] + point[1]);
    assertThat(importance.fit()).isGreaterThan(0.999);
    assertThat(importance.shares().get(0)).isCloseTo(4 / 5.25, within(0.03));
    assertThat(importance.shares().get(1)).isCloseTo(1.25 / 5.25, within(0.03));
    assertThat(importance.shares().get(2)).isLessThan(0.001);
  }

  /** The noise has as much variance as the first parameter. */
  @Test
  void noiseIsNobodysShareAndLowersTheFit() {
    Importance importance = of(levels(), point -> 2 * point[0] + random.nextGaussian());
    assertThat(importance.fit()).isCloseTo(0.5, within(0.05));
    assertThat(importance.shares().get(0)).isCloseTo(0.5, within(0.05));
    assertThat(importance.shares().get(2)).isLessThan(0.01);
  }

  @Test
  void whatParametersDoOnlyTogetherIsNotSeenAndTheFitSaysSo() {
    Importance importance = of(levels(), point -> point[0] == point[1] % 2 ? 1 : 0);
    assertThat(importance.fit()).isLessThan(0.05);
    assertThat(importance.shares()).allMatch(share -> share < 0.05);
  }

  /** The third parameter repeats the first: each is as good as the other. */
  @Test
  void parametersThatAlwaysChangeTogetherAreBothFound() {
    int[][] levels = levels();
    levels[2] = levels[0].clone();
    Importance importance = of(levels, point -> 3 * point[0]);
    assertThat(importance.fit()).isGreaterThan(0.99);
    assertThat(importance.shares().get(0) + importance.shares().get(2)).isGreaterThan(0.4);
    assertThat(importance.shares().get(1)).isLessThan(0.001);
  }

  @Test
  void aFigureThatNeverChangesHasNoCauses() {
    Importance importance = of(levels(), point -> 5);
    assertThat(importance.shares()).containsOnly(0.0);
    assertThat(importance.fit()).isZero();
  }

  @Test
  void theSameTrialsGiveTheSameShares() {
    int[][] levels = levels();
    ToDoubleFunction<int[]> figure = point -> point[0] + Math.sqrt(point[1] + point[2]);
    assertThat(of(levels, figure)).isEqualTo(of(levels, figure));
  }
}
