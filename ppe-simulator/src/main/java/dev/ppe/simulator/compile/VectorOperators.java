package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.job.VectorWork;

/** What operators without multiply-accumulates have the vector units do. */
final class VectorOperators {
  private VectorOperators() {}

  /** Of one node; {@link VectorWork#NONE} where it is another view, or cores do it. */
  static VectorWork work(Graph graph, Node node) {
    long read = Workload.operandBytes(graph, node);
    long write = Workload.resultBytes(graph, node);
    long operations = Workload.vectorOperations(graph, node);
    return switch (node.operator()) {
      // Another view of the same bytes.
      case Operator.Reshape r -> VectorWork.NONE;
      case Operator.Squeeze s -> VectorWork.NONE;
      case Operator.ExpandDims e -> VectorWork.NONE;
      // Windows slide along a row; a row is read again for each row of windows that it belongs to.
      case Operator.Pool2d pool -> {
        int rowsOfWindows = graph.output(node, 0).shape().dim(1);
        int overlapping = Math.ceilDiv(pool.window().kernelHeight(), pool.window().strideHeight());
        yield new VectorWork(operations, 0, read * Math.min(overlapping, rowsOfWindows), write);
      }
      // Largest element; exponentials and their sum; quotients.
      case Operator.Softmax s -> new VectorWork(5 * operations, 0, 3 * read, write);
      case Operator.LogSoftmax s -> new VectorWork(5 * operations, 0, 3 * read, write);
      // Mean; variance; scaling.
      case Operator.LayerNorm l -> new VectorWork(6 * operations, 0, 3 * read, write);
      // Four neighbours, three interpolations.
      case Operator.Resize resize when resize.method() == Operator.ResizeMethod.BILINEAR ->
          new VectorWork(7 * operations, 4 * operations, 4 * write, write);
      case Operator.Resize resize -> new VectorWork(operations, operations, write, write);
      // All operands once.
      case Operator.GlobalPool2d p -> new VectorWork(operations, 0, read, write);
      case Operator.Reduce r -> new VectorWork(operations, 0, read, write);
      // Compared element by element, with the place of the largest kept.
      case Operator.ArgMax a -> new VectorWork(operations, operations, read, write);
      case Operator.Binary b -> new VectorWork(operations, 0, read, write);
      case Operator.Unary u -> new VectorWork(operations, 0, read, write);
      case Operator.PRelu p -> new VectorWork(operations, 0, read, write);
      case Operator.Concat c -> new VectorWork(operations, 0, read, write);
      case Operator.Split s -> new VectorWork(operations, 0, read, write);
      case Operator.Transpose t -> new VectorWork(operations, operations, read, write);
      case Operator.DepthToSpace d -> new VectorWork(operations, 0, read, write);
      case Operator.SpaceToDepth s -> new VectorWork(operations, 0, read, write);
      case Operator.Cast c -> new VectorWork(operations, 0, read, write);
      case Operator.Quantize q -> new VectorWork(operations, 0, read, write);
      case Operator.Dequantize d -> new VectorWork(operations, 0, read, write);
      case Operator.Custom c -> new VectorWork(operations, 0, read, write);
      case Operator.Pad p -> new VectorWork(operations, 0, read, write);
      // Only what is taken.
      case Operator.Slice s -> new VectorWork(operations, 0, write, write);
      case Operator.StridedSlice s -> new VectorWork(operations, 0, write, write);
      case Operator.Gather g -> new VectorWork(operations, operations, write, write);
      // These multiply and accumulate: LoopNest speaks for them.
      case Operator.Conv2d c -> VectorWork.NONE;
      case Operator.DepthwiseConv2d d -> VectorWork.NONE;
      case Operator.TransposeConv2d t -> VectorWork.NONE;
      case Operator.FullyConnected f -> VectorWork.NONE;
      case Operator.BatchMatMul b -> VectorWork.NONE;
      case Operator.UnidirectionalLstm l -> VectorWork.NONE;
    };
  }
}
