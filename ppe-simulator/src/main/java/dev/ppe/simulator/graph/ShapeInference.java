package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.BatchMatMul;
import dev.ppe.simulator.graph.Operator.FullyConnected;
import dev.ppe.simulator.graph.Operator.UnidirectionalLstm;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What shapes come out of an operator, given those that go in.
 *
 * <p>One case per operator; the rules are TensorFlow's, on NHWC maps. Families of operators have a
 * class each: {@link ConvolutionShapes}, {@link ElementwiseShapes}, {@link LayoutShapes}, {@link
 * SliceShapes}.
 */
public final class ShapeInference {
  private ShapeInference() {}

  /**
   * The shapes of the results.
   *
   * @param operator what is computed
   * @param operands the shape of each operand in order, empty for an optional one that is left out
   * @return one shape per result; empty if only the model's own declaration can tell ({@link
   *     Operator.Custom})
   * @throws IllegalArgumentException if the operands do not fit the operator: says which, and why
   */
  public static Optional<List<Shape>> infer(Operator operator, List<Optional<Shape>> operands) {
    OperandCounts.check(operator, operands.size());
    Operands in = new Operands(operands);
    return switch (operator) {
      case Operator.Conv2d conv -> one(ConvolutionShapes.conv(conv, in));
      case Operator.DepthwiseConv2d conv -> one(ConvolutionShapes.depthwise(conv, in));
      case Operator.TransposeConv2d conv -> one(ConvolutionShapes.transpose(conv, in));
      case Operator.Pool2d pool -> one(ConvolutionShapes.slide(pool.window(), in.map(0)));
      case Operator.GlobalPool2d pool -> one(in.map(0).with(1, 1).with(2, 1));
      case Operator.Resize resize ->
          one(in.map(0).with(1, resize.height()).with(2, resize.width()));
      case FullyConnected fc -> one(fullyConnected(fc, in));
      case BatchMatMul matmul -> one(batchMatMul(matmul, in));
      case UnidirectionalLstm lstm -> one(lstm(in));
      case Operator.Reduce reduce ->
          one(ElementwiseShapes.reduce(in.shape(0), reduce.axes(), reduce.keepDimensions()));
      case Operator.ArgMax argMax ->
          one(
              ElementwiseShapes.reduce(
                  in.shape(0), List.of(argMax.axis()), argMax.keepDimensions()));
      case Operator.Binary binary -> one(ElementwiseShapes.broadcast(in.shape(0), in.shape(1)));
      case Operator.PRelu prelu -> one(ElementwiseShapes.broadcastTo(in.shape(0), in.shape(1)));
      case Operator.Unary unary -> one(in.shape(0));
      case Operator.Cast cast -> one(in.shape(0));
      case Operator.Quantize quantize -> one(in.shape(0));
      case Operator.Dequantize dequantize -> one(in.shape(0));
      case Operator.Softmax softmax -> one(ElementwiseShapes.along(softmax.axis(), in.shape(0)));
      case Operator.LogSoftmax softmax -> one(ElementwiseShapes.along(softmax.axis(), in.shape(0)));
      case Operator.LayerNorm norm -> one(ElementwiseShapes.layerNorm(norm, in));
      case Operator.Concat concat -> one(LayoutShapes.concat(concat, in));
      case Operator.Split split -> Optional.of(LayoutShapes.split(split, in.shape(0)));
      case Operator.Pad pad -> one(LayoutShapes.pad(pad, in.shape(0)));
      case Operator.Reshape reshape -> one(LayoutShapes.reshape(reshape.shape(), in.shape(0)));
      case Operator.Squeeze squeeze -> one(LayoutShapes.squeeze(squeeze, in.shape(0)));
      case Operator.ExpandDims expand -> one(LayoutShapes.expandDims(expand.axis(), in.shape(0)));
      case Operator.Transpose transpose ->
          one(LayoutShapes.transpose(transpose.permutation(), in.shape(0)));
      case Operator.DepthToSpace d2s -> one(LayoutShapes.depthToSpace(d2s.block(), in.map(0)));
      case Operator.SpaceToDepth s2d -> one(LayoutShapes.spaceToDepth(s2d.block(), in.map(0)));
      case Operator.Slice slice -> one(SliceShapes.slice(slice, in.shape(0)));
      case Operator.StridedSlice slice -> one(SliceShapes.stridedSlice(slice, in.shape(0)));
      case Operator.Gather gather -> one(SliceShapes.gather(gather, in.shape(0), in.shape(1)));
      case Operator.Custom custom -> Optional.empty();
    };
  }

  /** As {@link #infer(Operator, List)} for a node whose operands' shapes are all known. */
  public static Optional<List<Shape>> infer(Graph graph, Node node) {
    return infer(
        node.operator(),
        node.inputs().stream()
            .map(
                index ->
                    index == Node.ABSENT
                        ? Optional.<Shape>empty()
                        : Optional.of(graph.tensor(index).shape()))
            .toList());
  }

  private static Optional<List<Shape>> one(Shape shape) {
    return Optional.of(List.of(shape));
  }

  private static Shape fullyConnected(FullyConnected fc, Operands in) {
    Shape input = in.shape(0);
    Shape weights = in.ranked(1, 2, "weights");
    int depth = weights.dim(1);
    in.bias(2, weights.dim(0));
    if (fc.keepDimensions()) {
      if (input.rank() < 1 || input.innermost() != depth) {
        throw new IllegalArgumentException(
            "input " + input + " does not end in the " + depth + " features of weights " + weights);
      }
      return input.with(-1, weights.dim(0));
    }
    if (depth == 0 || input.elements() % depth != 0) {
      throw new IllegalArgumentException(
          "input " + input + " is no whole number of rows of weights " + weights);
    }
    return Shape.of(LayoutShapes.dimension(input.elements() / depth), weights.dim(0));
  }

  private static Shape batchMatMul(BatchMatMul matmul, Operands in) {
    Shape left = in.shape(0);
    Shape right = in.shape(1);
    if (left.rank() < 2 || right.rank() < 2) {
      throw new IllegalArgumentException(
          "operands " + left + " and " + right + " must have rank 2 or more");
    }
    int rows = left.dim(left.rank() - (matmul.transposeLeft() ? 1 : 2));
    int depth = left.dim(left.rank() - (matmul.transposeLeft() ? 2 : 1));
    int rightDepth = right.dim(right.rank() - (matmul.transposeRight() ? 1 : 2));
    int columns = right.dim(right.rank() - (matmul.transposeRight() ? 2 : 1));
    if (depth != rightDepth) {
      throw new IllegalArgumentException(
          "inner dimensions of "
              + left
              + " and "
              + right
              + " differ: "
              + depth
              + ", "
              + rightDepth);
    }
    Shape batch = ElementwiseShapes.broadcast(leading(left), leading(right));
    return Shape.of(
        IntStream.concat(IntStream.of(batch.toArray()), IntStream.of(rows, columns)).toArray());
  }

  private static Shape leading(Shape shape) {
    return Shape.of(shape.toList().subList(0, shape.rank() - 2));
  }

  private static Shape lstm(Operands in) {
    Shape input = in.ranked(0, 3, "input");
    Shape inputWeights = in.ranked(2, 2, "input weights");
    Shape recurrentWeights = in.ranked(6, 2, "recurrent weights");
    if (inputWeights.dim(1) != input.dim(2)) {
      throw new IllegalArgumentException(
          "input " + input + " does not end in the features of weights " + inputWeights);
    }
    return input.with(2, recurrentWeights.dim(1));
  }
}
