package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.graph.Activation.NONE;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Flattened;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Matrix products: fully connected layers where the right operand is stored, batched otherwise. */
final class MatrixProducts {
  /** A product with a stored matrix that the network has as one of two activations. */
  private static final String BATCHED = "batch-matmul";

  private static final AxisOrder PLAIN = AxisOrder.identity(2);
  private static final AxisOrder SWAPPED = AxisOrder.of(List.of(1, 0));

  private MatrixProducts() {}

  /** Operands: [..., R, K], [..., K, C]. */
  static void matMul(NodeView op, Set<String> absorbed) {
    matMul(op, op.value(0), op.value(1), Optional.empty(), absorbed);
  }

  /** As {@link #matMul(NodeView, Set)} for operators that have the operands elsewhere. */
  static void matMul(
      NodeView op, Value left, Value right, Optional<Stored> bias, Set<String> absorbed) {
    if (left.shape().rank() < 2 || right.shape().rank() < 2) {
      CustomShapes.vectorProduct(op);
      return;
    }
    if (right instanceof Stored weights
        && weights.shape().rank() == 2
        && !op.node().kind().equals(BATCHED)) {
      fullyConnected(op, left, weights, /* transposed= */ false, bias, absorbed);
    } else {
      op.result(batched(op, left, right));
    }
  }

  /** Operands: A [M, K], B [K, N], C? that broadcasts to the result; the factors cost nothing. */
  static void gemm(NodeView op, Set<String> absorbed) {
    boolean transposed = op.flag("transB", false);
    Value left = op.flag("transA", false) ? transposed(op, op.value(0)) : op.value(0);
    Value right = op.value(1);
    if (left.shape().rank() != 2 || right.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "operands %s and %s must have rank 2".formatted(left.shape(), right.shape()));
    }
    int columns = right.shape().dim(transposed ? 0 : 1);
    Optional<Stored> offset = op.stored(2);
    boolean biased = offset.isPresent() && offset.get().shape().elements() == columns;
    if (right instanceof Stored weights && (biased || !op.has(2))) {
      fullyConnected(op, left, weights, transposed, offset, absorbed);
      return;
    }
    Value plain = transposed && !(right instanceof Stored) ? transposed(op, right) : right;
    Activation product =
        right instanceof Stored weights
            ? fullyConnected(
                op, left, weights, transposed, new Tail(op, absorbed), Optional.empty())
            : batched(op, left, plain);
    if (op.has(2)) {
      product = Elementwise.binary(op, BinaryFunction.ADD, product, op.value(2), NONE);
    }
    op.result(product);
  }

  private static Value transposed(NodeView op, Value value) {
    if (value.shape().rank() != 2) {
      return value;
    }
    Activation plain = op.activation(value);
    List<Integer> swap = List.of(1, 0);
    return new Activation(
        plain.tensor(),
        SWAPPED.toGraph(plain.shape()),
        plain.order().transposed(swap),
        plain.type(),
        plain.quantization(),
        plain.real());
  }

  private static void fullyConnected(
      NodeView op,
      Value left,
      Stored weights,
      boolean transposed,
      Optional<Stored> bias,
      Set<String> absorbed) {
    int units = weights.shape().dim(transposed ? 0 : 1);
    int rank = left.shape().rank();
    Tail tail = new Tail(op, absorbed).ofWeights(bias, units, rank, rank - 1);
    tail.result(fullyConnected(op, left, weights, transposed, tail, tail.bias()));
  }

  private static Activation fullyConnected(
      NodeView op,
      Value left,
      Stored weights,
      boolean transposed,
      Tail tail,
      Optional<Stored> offset) {
    int units = weights.shape().dim(transposed ? 0 : 1);
    int depth = weights.shape().dim(transposed ? 1 : 0);
    if (left.shape().innermost() != depth) {
      throw new IllegalArgumentException(
          "operands %s and %s do not multiply".formatted(left.shape(), weights.shape()));
    }
    boolean keep = left.shape().rank() > 2;
    Activation input = rows(op, left);
    int matrix = op.operand(weights, transposed ? PLAIN : SWAPPED);
    boolean perChannel = weights.quantization() instanceof Quantization.PerChannel;
    int bias = offset.map(b -> op.bias(b, units, perChannel)).orElse(Node.ABSENT);
    AxisOrder order = keep ? input.order() : PLAIN;
    return op.apply(
        new Operator.FullyConnected(keep, tail.activation()), order, input, matrix, bias);
  }

  /**
   * The left operand with its last axis innermost; weights follow the order inside a flattened map.
   */
  private static Activation rows(NodeView op, Value left) {
    if (left instanceof Flattened flat
        && (flat.source().order().file(0) == 0 || flat.shape().dim(0) == 1)) {
      Activation source = op.activation(flat.source());
      return flat.explicit()
          ? op.graph().reshape(op.name() + "/flatten", source, flat.shape(), PLAIN)
          : source;
    }
    Activation plain = op.activation(left);
    int last = plain.shape().rank() - 1;
    return plain.order().file(last) == last
        ? plain
        : op.graph().reorder(op.name(), plain, AxisOrder.identity(last + 1));
  }

  private static Activation batched(NodeView op, Value left, Value right) {
    Side a = Side.of(op, 0, left);
    Side b = Side.of(op, 1, right);
    AxisOrder order = AxisOrder.identity(Math.max(left.shape().rank(), right.shape().rank()));
    Activation like =
        left instanceof Stored && !(right instanceof Stored)
            ? op.activation(right)
            : op.activation(left);
    return op.graph()
        .apply(
            op.name(),
            new Operator.BatchMatMul(a.swapped(), b.swapped()),
            List.of(a.tensor(), b.tensor()),
            order,
            op.like(like));
  }

  /** An operand in the file's order, or with its last two axes swapped if it lies like that. */
  private record Side(int tensor, boolean swapped) {
    static Side of(NodeView op, int position, Value value) {
      int rank = value.shape().rank();
      AxisOrder plain = AxisOrder.identity(rank);
      if (value instanceof Stored) {
        boolean swap = op.node().isOwn() && isTransposed(op, position);
        return new Side(op.operand(value, swap ? swapped(rank) : plain), swap);
      }
      Activation activation = op.activation(value);
      AxisOrder swapped = swapped(rank);
      Shape shape = activation.shape();
      boolean swap =
          !activation.order().sameSequence(plain, shape)
              && activation.order().sameSequence(swapped, shape);
      return new Side(op.operand(activation, swap ? swapped : plain), swap);
    }

    /** Whether a transposition was folded into what is stored, which the product did itself. */
    private static boolean isTransposed(NodeView op, int position) {
      return op.wiring()
          .writer(op.node().input(position))
          .filter(node -> node.type().equals("Transpose"))
          .isPresent();
    }

    private static AxisOrder swapped(int rank) {
      List<Integer> axes = new ArrayList<>();
      for (int i = 0; i < rank - 2; i++) {
        axes.add(i);
      }
      axes.add(rank - 1);
      axes.add(rank - 2);
      return AxisOrder.of(axes);
    }
  }
}
