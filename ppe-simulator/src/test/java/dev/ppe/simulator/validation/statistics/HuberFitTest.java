package dev.ppe.simulator.validation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.simulator.validation.statistics.HuberFit.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HuberFitTest {
  private static Point constant(double measured, String group) {
    return new Point(measured, 0, List.of(1.0), group);
  }

  @Test
  void whatIsLinearIsFoundWhateverTheOffset() {
    List<Point> points = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      points.add(new Point(7 + 3.0 * i + 2.0 * i * i, 7, List.of(1.0 * i, 1.0 * i * i), "rows"));
    }

    assertThat(HuberFit.of(points, List.of(1.0, 1.0)).constants().get(0))
        .isCloseTo(3, within(1e-9));
    assertThat(HuberFit.of(points, List.of(1.0, 1.0)).constants().get(1))
        .isCloseTo(2, within(1e-9));
  }

  @Test
  void aRowThatStandsApartDrawsNoFurtherHoweverFarItIs() {
    List<Point> points = new ArrayList<>();
    for (double measured : new double[] {0.98, 0.99, 1, 1.01, 1.02}) {
      points.add(constant(measured, "rows"));
    }
    points.add(constant(0.5, "rows"));
    double near = HuberFit.of(points, List.of(2.0)).constants().getFirst();
    points.set(5, constant(0.1, "rows"));
    double far = HuberFit.of(points, List.of(2.0)).constants().getFirst();

    assertThat(near).isCloseTo(1, within(0.03));
    assertThat(far).isCloseTo(near, within(0.01));
  }

  @Test
  void manyRowsThatScatterDoNotOutvoteAFewThatDoNot() {
    List<Point> points = new ArrayList<>();
    for (double measured : new double[] {0.99, 1, 1.01}) {
      points.add(constant(measured, "repeats"));
    }
    for (int i = 0; i < 30; i++) {
      points.add(constant(i % 2 == 0 ? 0.8 : 1.3, "scatters"));
    }

    HuberFit fit = HuberFit.of(points, List.of(2.0));

    assertThat(fit.constants().getFirst()).isCloseTo(1, within(0.01));
    assertThat(fit.scales().get("scatters")).isGreaterThan(10 * fit.scales().get("repeats"));
  }

  @Test
  void aStartHasToPredictSomething() {
    List<Point> points = List.of(constant(1, "rows"));

    assertThatThrownBy(() -> HuberFit.of(points, List.of(0.0)))
        .hasMessageContaining("predict nothing of some row");
  }

  @Test
  void nothingMeasuredHasNoRelativeError() {
    assertThatThrownBy(() -> constant(0, "rows")).hasMessageContaining("no relative error");
  }
}
