package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Shapes.assertRefused;
import static dev.ppe.simulator.graph.Shapes.infer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementwiseShapesTest {
  private static final Operator ADD = new Operator.Binary(BinaryFunction.ADD, Activation.NONE);
  private static final Shape MAP = Shape.of(1, 4, 6, 8);

  @Test
  void operandsBroadcastAsInNumPy() {
    assertThat(infer(ADD, MAP, Shape.of(8))).isEqualTo(MAP);
    assertThat(infer(ADD, Shape.of(), MAP)).isEqualTo(MAP);
    assertThat(infer(ADD, Shape.of(5, 1), Shape.of(1, 3))).isEqualTo(Shape.of(5, 3));
    assertRefused("do not broadcast", ADD, MAP, Shape.of(4));
    assertRefused("operand 1 is missing", ADD, MAP);
  }

  @Test
  void slopesBroadcastToTheInputOnly() {
    assertThat(infer(new Operator.PRelu(), MAP, Shape.of(1, 1, 8))).isEqualTo(MAP);
    assertRefused("does not broadcast to", new Operator.PRelu(), Shape.of(8), MAP);
  }

  @Test
  void functionsOfOneOperandKeepItsShape() {
    for (Operator operator :
        List.of(
            new Operator.Unary(UnaryFunction.GELU),
            new Operator.Cast(DataType.FLOAT32),
            new Operator.Quantize(),
            new Operator.Dequantize(),
            new Operator.Softmax(-1),
            new Operator.LogSoftmax(3))) {
      assertThat(infer(operator, MAP)).isEqualTo(MAP);
    }
    assertRefused("has no axis 4", new Operator.Softmax(4), MAP);
  }

  @Test
  void aLayerNormalisationsScaleBroadcasts() {
    assertThat(infer(new Operator.LayerNorm(1), MAP, Shape.of(8), Shape.of(8))).isEqualTo(MAP);
    assertRefused("do not broadcast", new Operator.LayerNorm(1), MAP, Shape.of(7));
    assertRefused("normalises 5 axes", new Operator.LayerNorm(5), MAP);
  }

  @Test
  void reductionsDropOrKeepTheirAxes() {
    assertThat(infer(mean(List.of(1, 2), false), MAP)).isEqualTo(Shape.of(1, 8));
    assertThat(infer(mean(List.of(1, -2), true), MAP)).isEqualTo(Shape.of(1, 1, 1, 8));
    assertThat(infer(mean(List.of(), false), MAP)).isEqualTo(Shape.of());
    assertThat(infer(mean(List.of(-1, 3), false), MAP)).isEqualTo(Shape.of(1, 4, 6));
    assertRefused("has no axis 4", mean(List.of(4), false), MAP);
    assertThat(infer(new Operator.ArgMax(3, false, DataType.INT32), MAP))
        .isEqualTo(Shape.of(1, 4, 6));
  }

  private static Operator mean(List<Integer> axes, boolean keep) {
    return new Operator.Reduce(ReduceFunction.MEAN, axes, keep);
  }
}
