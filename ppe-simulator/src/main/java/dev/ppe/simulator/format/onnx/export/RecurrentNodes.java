package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Recurrent layers. ONNX has a sequence's time outermost, keeps no state from one inference to the
 * next (nor does an inference of a whole sequence need it), and stores the gates of a layer
 * together: input, output, forget, cell.
 */
final class RecurrentNodes {
  private static final Layout SEQUENCE = Layout.plain(3);
  private static final Layout TIME_OUTERMOST = new Layout(List.of(1, 0, 2));

  /** Operands of the graph's layer, in ONNX's order of gates. */
  private static final List<Integer> INPUT_WEIGHTS = List.of(1, 4, 2, 3);

  private static final List<Integer> RECURRENT_WEIGHTS = List.of(5, 8, 6, 7);
  private static final List<Integer> BIASES = List.of(12, 15, 13, 14);

  private final Values values;
  private final OnnxFile file;

  RecurrentNodes(Values values) {
    this.values = values;
    this.file = values.file();
  }

  void lstm(Node node, Operator.UnidirectionalLstm lstm) {
    requirePlain(node);
    Shape weights = values.shape(node.inputs().get(1));
    int units = weights.dim(0);
    int features = weights.dim(1);
    Layout layout = lstm.timeMajor() ? SEQUENCE : TIME_OUTERMOST;
    List<String> operands = new ArrayList<>();
    operands.add(values.real(node.inputs().getFirst(), layout));
    operands.add(gates(node, "weights", INPUT_WEIGHTS, List.of(1, 4 * units, features), 0));
    operands.add(gates(node, "recurrence", RECURRENT_WEIGHTS, List.of(1, 4 * units, units), 0));
    if (node.hasInput(12)) { // and another four of zeros, which are added to them
      operands.add(gates(node, "biases", BIASES, List.of(1, 8 * units), 4 * units));
    }
    values.result(
        node,
        layout,
        result -> {
          String steps = file.unique(result + "/steps");
          file.operator(
              node, "LSTM", operands, List.of(steps), Attribute.whole("hidden_size", units));
          String axis = file.integers(node.name() + "/direction", List.of(1));
          file.node("Squeeze", result, List.of(steps, axis), List.of(result));
        });
  }

  private String gates(
      Node node, String what, List<Integer> operands, List<Integer> shape, int padding) {
    List<Integer> tensors = operands.stream().map(node.inputs()::get).toList();
    return values.together(node.name() + "/" + what, tensors, shape, padding);
  }

  private void requirePlain(Node node) {
    boolean whole = IntStream.rangeClosed(0, 8).allMatch(node::hasInput);
    boolean biased = BIASES.stream().allMatch(node::hasInput);
    boolean more =
        IntStream.of(9, 10, 11, 16, 17, 20, 21, 22, 23).anyMatch(node::hasInput)
            || (!biased && BIASES.stream().anyMatch(node::hasInput));
    boolean real =
        node.inputs().stream()
            .allMatch(i -> i == Node.ABSENT || values.type(i) == DataType.FLOAT32);
    if (!whole || more || !real) {
      throw new IllegalArgumentException(
          "ONNX's has four gates of reals, without peepholes, projection and normalisation");
    }
  }
}
