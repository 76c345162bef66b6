package dev.ppe.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void elementsAreTheProductOfTheDimensions() {
    assertThat(Shape.of(2, 3, 4).elements()).isEqualTo(24);
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of(5, 0, Integer.MAX_VALUE, Integer.MAX_VALUE).elements()).isZero();
    assertThat(Shape.of(1 << 20, 1 << 20).elements()).isEqualTo(Shape.MAX_ELEMENTS);
  }

  @Test
  void moreThanTwoToTheFortyElementsAreRefusedEvenWhereTheProductWraps() {
    assertThatThrownBy(() -> Shape.of(1 << 20, 1 << 20, 2)).hasMessageContaining("2^40");
    assertThatThrownBy(() -> Shape.of(1 << 20, 1 << 20, 1 << 24)).hasMessageContaining("2^40");
    assertThatThrownBy(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .hasMessageContaining("2^40");
  }

  @Test
  void negativeDimensionsAndHighRanksAreRefused() {
    assertThatThrownBy(() -> Shape.of(1, -1)).hasMessageContaining("negative");
    assertThatThrownBy(() -> Shape.of(new int[9])).hasMessageContaining("rank 9");
  }

  @Test
  void negativeAxesCountFromTheInnermost() {
    Shape shape = Shape.of(1, 2, 3);

    assertThat(shape.axis(-1)).isEqualTo(2);
    assertThat(shape.with(-2, 9)).isEqualTo(Shape.of(1, 9, 3));
    assertThatThrownBy(() -> shape.axis(-4)).hasMessage("shape 1x2x3 has no axis -4");
    assertThatThrownBy(() -> shape.axis(3)).hasMessage("shape 1x2x3 has no axis 3");
  }

  @Test
  void shapesWithTheSameDimensionsAreEqual() {
    assertThat(Shape.of(1, 2)).isEqualTo(Shape.of(1, 2)).hasSameHashCodeAs(Shape.of(1, 2));
    assertThat(Shape.of(1, 2)).isNotEqualTo(Shape.of(2, 1));
    assertThat(Shape.of()).hasToString("scalar");
  }
}
