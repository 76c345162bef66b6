package dev.ppe.nas.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Figures by hand. */
class AccuracyTest {
  @Test
  void everyFigureIsWhatItsNameSays() {
    Accuracy accuracy = Accuracy.of(new double[] {10, 20, 30, 40}, new double[] {10.5, 19, 33, 30});
    assertThat(accuracy.count()).isEqualTo(4);
    // Errors 0.5, 1, 3 and 10 in squares: 110.25.
    assertThat(accuracy.rmse()).isCloseTo(Math.sqrt(110.25 / 4), within(1e-12));
    assertThat(accuracy.mape()).isCloseTo((0.05 + 0.05 + 0.1 + 0.25) / 4, within(1e-12));
    assertThat(accuracy.r2()).isCloseTo(1 - 110.25 / 500, within(1e-12));
    // Ranks 1 2 3 4 and 1 2 4 3: 1 - 6 * 2 / (4 * 15), and 5 pairs in order less 1 of 6.
    assertThat(accuracy.spearman()).isCloseTo(0.8, within(1e-12));
    assertThat(accuracy.kendall()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(accuracy.within5()).isEqualTo(0.5);
    assertThat(accuracy.within10()).isEqualTo(0.75);
  }

  @Test
  void aConstantPredictionSaysNothingOfTheOrder() {
    Accuracy accuracy = Accuracy.of(new double[] {1, 2, 3}, new double[] {2, 2, 2});
    assertThat(accuracy.r2()).isZero();
    assertThat(accuracy.spearman()).isZero();
    assertThat(accuracy.kendall()).isZero();
  }

  @Test
  void fewOrEqualFiguresAreRefused() {
    assertThatThrownBy(() -> Accuracy.of(new double[] {1}, new double[] {1}))
        .hasMessage("1 samples are held out, must be 2 or more: draw more");
    assertThatThrownBy(() -> Accuracy.of(new double[] {1, 1}, new double[] {1, 2}))
        .hasMessageContaining("cost the same");
  }
}
