package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Shapes.assertRefused;
import static dev.ppe.simulator.graph.Shapes.infer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator.BatchMatMul;
import dev.ppe.simulator.graph.Operator.FullyConnected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatrixShapesTest {
  private static final Operator FLAT = new FullyConnected(false, Activation.NONE);
  private static final Operator KEEPING = new FullyConnected(true, Activation.NONE);

  @Test
  void aFullyConnectedLayerFlattensOrKeepsTheLeadingDimensions() {
    assertThat(infer(FLAT, Shape.of(1, 7, 7, 4), Shape.of(10, 196))).isEqualTo(Shape.of(1, 10));
    assertThat(infer(FLAT, Shape.of(2, 3, 4), Shape.of(5, 4))).isEqualTo(Shape.of(6, 5));
    assertThat(infer(KEEPING, Shape.of(2, 3, 4), Shape.of(5, 4))).isEqualTo(Shape.of(2, 3, 5));
  }

  @Test
  void aFullyConnectedLayersOperandsMustFit() {
    assertRefused("no whole number of rows", FLAT, Shape.of(3, 5), Shape.of(5, 4));
    assertRefused("does not end in the 4 features", KEEPING, Shape.of(2, 8), Shape.of(5, 4));
    assertRefused("bias", FLAT, Shape.of(3, 4), Shape.of(5, 4), Shape.of(4));
    assertRefused("must have rank 2", FLAT, Shape.of(3, 4), Shape.of(5, 4, 1));
    assertRefused("no whole number of rows", FLAT, Shape.of(3, 0), Shape.of(5, 0));
  }

  @Test
  void aBatchedProductBroadcastsItsLeadingDimensions() {
    assertThat(infer(new BatchMatMul(false, false), Shape.of(2, 1, 3, 4), Shape.of(5, 4, 6)))
        .isEqualTo(Shape.of(2, 5, 3, 6));
    assertThat(infer(new BatchMatMul(true, true), Shape.of(4, 3), Shape.of(6, 4)))
        .isEqualTo(Shape.of(3, 6));
    assertRefused(
        "inner dimensions", new BatchMatMul(false, false), Shape.of(3, 4), Shape.of(3, 4));
    assertRefused("rank 2 or more", new BatchMatMul(false, false), Shape.of(4), Shape.of(4, 4));
  }

  @Test
  void anLstmEndsInTheFeaturesOfItsOutput() {
    List<Optional<Shape>> operands = new ArrayList<>(Collections.nCopies(20, Optional.empty()));
    operands.set(0, Optional.of(Shape.of(1, 28, 20)));
    operands.set(2, Optional.of(Shape.of(16, 20)));
    operands.set(6, Optional.of(Shape.of(16, 12)));

    assertThat(ShapeInference.infer(new Operator.UnidirectionalLstm(false), operands))
        .contains(List.of(Shape.of(1, 28, 12)));
  }

  @Test
  void aCustomOperatorsShapesAreNotKnown() {
    assertThat(ShapeInference.infer(new Operator.Custom("X"), List.of())).isEmpty();
  }
}
