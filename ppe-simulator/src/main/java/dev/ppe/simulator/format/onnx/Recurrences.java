package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Recurrent operators. */
final class Recurrences {
  private static final String[] GATES = {"input", "forget", "cell", "output"};

  /** [batch, time, features] in the graph, [time, batch, features] in the file. */
  private static final AxisOrder BATCH_OUTERMOST = AxisOrder.of(List.of(1, 0, 2));

  private Recurrences() {}

  /**
   * One that runs forward over a sequence [time, batch, I] from states of zero. Weights [1, 4 U, I]
   * and [1, 4 U, U] hold the four gates, and a bias [1, 8 U] two for each.
   */
  static void lstm(NodeView op) {
    Shape input = op.shape(0);
    boolean plain =
        input.rank() == 3
            && op.text("direction", "forward").toLowerCase(Locale.ROOT).equals("forward")
            && op.stored(1).isPresent()
            && op.stored(2).isPresent()
            && op.whole("layout", 0) == 0
            && op.stored(2).get().shape().rank() == 3
            && !op.has(7)
            && !op.isRead(2);
    if (plain) {
      forward(op, op.stored(1).get(), op.stored(2).get());
    } else {
      sequence(op, 4);
    }
  }

  /** Where a batch lies outermost in memory, as PyTorch's batch_first has it, it stays there. */
  private static void forward(NodeView op, Stored inputWeights, Stored recurrentWeights) {
    Activation sequence = op.activation(op.value(0));
    boolean batchFirst = sequence.order().equals(BATCH_OUTERMOST);
    Activation input = batchFirst ? sequence : op.activation(op.value(0), AxisOrder.identity(3));
    int batch = input.shape().dim(1);
    int units = recurrentWeights.shape().dim(2);
    int features = input.shape().dim(2);
    List<Integer> operands = new ArrayList<>(Collections.nCopies(24, Node.ABSENT));
    operands.set(0, input.tensor());
    boolean biased = op.has(3) || !op.node().isOwn();
    for (int i = 0; i < GATES.length; i++) {
      operands.set(1 + i, weights(op, inputWeights, GATES[i], Shape.of(units, features)));
      operands.set(5 + i, weights(op, recurrentWeights, GATES[i], Shape.of(units, units)));
      if (biased) {
        operands.set(12 + i, bias(op, inputWeights.type(), GATES[i], units));
      }
    }
    operands.set(18, state(op, "output-state", batch, units, input.type()));
    operands.set(19, state(op, "cell-state", batch, units, input.type()));
    Operator lstm = new Operator.UnidirectionalLstm(!batchFirst);
    Activation steps = op.graph().apply(op.name(), lstm, operands, input.order(), op.like(input));
    if (op.isRead(0)) {
      op.result(0, Reshapes.to(op, steps, Reshapes.unsqueezed(steps.shape(), List.of(1))));
    }
    if (op.isRead(1)) {
      op.result(1, last(op, steps));
    }
  }

  private static Activation last(NodeView op, Activation steps) {
    int time = steps.order().graph(0);
    List<Integer> begin = new ArrayList<>(List.of(0, 0, 0));
    begin.set(time, steps.shape().dim(0) - 1);
    List<Integer> size = new ArrayList<>(steps.order().toGraph(steps.shape()).toList());
    size.set(time, 1);
    Activation last =
        op.graph()
            .apply(
                op.name() + "/last",
                new Operator.Slice(begin, size),
                List.of(steps.tensor()),
                steps.order(),
                op.like(steps));
    return op.graph().reorder(op.name(), last, AxisOrder.identity(3));
  }

  private static int weights(NodeView op, Stored all, String gate, Shape shape) {
    return op.graph().parameter(all.name() + "/" + gate, shape, all.type(), all.quantization());
  }

  private static int bias(NodeView op, DataType type, String gate, int units) {
    String name = op.has(3) ? op.node().input(3) : op.name() + "/bias";
    return op.graph().parameter(name + "/" + gate, Shape.of(units), type, Quantization.NONE);
  }

  private static int state(NodeView op, String name, int batch, int units, DataType type) {
    return op.graph().state(op.name() + "/" + name, Shape.of(batch, units), type);
  }

  /** Any other: for the host, with the results that all of them have. */
  static void sequence(NodeView op, int gates) {
    Shape input = op.shape(0);
    Shape weights = op.shape(2);
    if (input.rank() != 3
        || weights.rank() != 3
        || weights.dim(1) != (long) gates * weights.dim(2)) {
      throw new IllegalArgumentException(
          "input %s and recurrent weights %s do not fit".formatted(input, weights));
    }
    int directions = weights.dim(0);
    int units = weights.dim(2);
    boolean batchFirst = op.whole("layout", 0) == 1;
    int time = input.dim(batchFirst ? 1 : 0);
    int batch = input.dim(batchFirst ? 0 : 1);
    Shape all =
        batchFirst
            ? Shape.of(batch, time, directions, units)
            : Shape.of(time, directions, batch, units);
    Shape last =
        batchFirst ? Shape.of(batch, directions, units) : Shape.of(directions, batch, units);
    List<Shape> results = List.of(all, last, last);
    CustomOperators.results(op, results.subList(0, Math.min(3, op.node().outputs().size())));
  }
}
