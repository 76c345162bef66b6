package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Matrix products. */
final class MatrixNodes {
  private static final Layout MATRIX = Layout.plain(2);
  private static final Layout SWAPPED = new Layout(List.of(1, 0));

  private final Values values;
  private final OnnxFile file;

  MatrixNodes(Values values) {
    this.values = values;
    this.file = values.file();
  }

  /** A bias, which is one-dimensional in the file. */
  static String bias(Values values, int tensor) {
    int channels = (int) values.shape(tensor).elements();
    return values.isStored(tensor)
        ? values.weights(tensor, List.of(0), List.of(channels))
        : values.real(tensor);
  }

  void fullyConnected(Node node, Operator.FullyConnected fc) {
    Shape output = values.shape(node.outputs().getFirst());
    if (fc.keepDimensions() && output.rank() != 2) {
      inPlace(node, fc);
      return;
    }
    List<String> operands = new ArrayList<>();
    operands.add(rows(node));
    operands.add(values.operand(node.inputs().get(1), MATRIX));
    if (node.hasInput(2)) {
      operands.add(bias(values, node.inputs().get(2)));
    }
    OperatorNodes.activated(
        values,
        node,
        fc.activation(),
        MATRIX,
        result ->
            file.operator(node, "Gemm", operands, List.of(result), Attribute.whole("transB", 1)));
  }

  /** The input as a matrix of rows as long as the weights'. */
  private String rows(Node node) {
    int input = node.inputs().getFirst();
    Shape shape = values.shape(input);
    int depth = values.shape(node.inputs().get(1)).dim(1);
    if (shape.rank() == 2 && shape.dim(1) == depth) {
      return values.real(input, MATRIX);
    }
    boolean sequence = !values.isStored(input) && values.layout(input).keepsSequence(shape);
    boolean flattens = shape.rank() > 1 && shape.elements() == (long) shape.dim(0) * depth;
    if (!sequence || !flattens) {
      String elements =
          sequence ? values.real(input) : values.operand(input, Layout.plain(shape.rank()));
      return reshaped(node, elements, flattens, depth);
    }
    // Quantised ones as integers: runtimes want nothing between reals and the product.
    String elements = reshaped(node, values.name(input), true, depth);
    return values.isQuantized(input) ? values.dequantized(input, elements) : elements;
  }

  private String reshaped(Node node, String elements, boolean flattens, int depth) {
    String name = file.unique(node.name() + "/rows");
    if (flattens) {
      file.node("Flatten", name, List.of(elements), List.of(name), Attribute.whole("axis", 1));
    } else {
      String target = file.integers(name + "/shape", List.of(-1, depth));
      file.node("Reshape", name, List.of(elements, target), List.of(name));
    }
    return name;
  }

  /** A product along the innermost axis, and a sum. */
  private void inPlace(Node node, Operator.FullyConnected fc) {
    int input = node.inputs().getFirst();
    Layout plain = Layout.plain(values.shape(input).rank());
    List<String> operands =
        List.of(values.operand(input, plain), values.operand(node.inputs().get(1), SWAPPED));
    OperatorNodes.activated(
        values,
        node,
        fc.activation(),
        plain,
        result -> {
          if (!node.hasInput(2)) {
            file.operator(node, "MatMul", operands, List.of(result));
            return;
          }
          String product = file.unique(result + "/product");
          file.operator(node, "MatMul", operands, List.of(product));
          String bias = bias(values, node.inputs().get(2));
          file.node("Add", node.name() + "/add", List.of(product, bias), List.of(result));
        });
  }

  void batched(Node node, Operator.BatchMatMul matmul) {
    List<String> operands =
        List.of(
            side(node.inputs().getFirst(), matmul.transposeLeft()),
            side(node.inputs().get(1), matmul.transposeRight()));
    Layout plain = Layout.plain(values.shape(node.outputs().getFirst()).rank());
    values.result(node, plain, result -> file.operator(node, "MatMul", operands, List.of(result)));
  }

  /** Stored ones are stored as the network has them, and swapped by a node as computed ones are. */
  private String side(int tensor, boolean transposed) {
    int rank = values.shape(tensor).rank();
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    if (transposed) {
      Collections.swap(axes, rank - 2, rank - 1);
    }
    if (!transposed || !values.isStored(tensor)) {
      return values.operand(tensor, new Layout(axes));
    }
    String plain = values.operand(tensor, Layout.plain(rank));
    return values.transposed(plain, plain, axes);
  }
}
