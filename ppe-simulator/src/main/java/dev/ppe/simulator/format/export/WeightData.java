package dev.ppe.simulator.format.export;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Writes the data of stored tensors in little-endian order, as all formats have them.
 *
 * <p>Random ones are uniform: floats within the square root of 6 / inputs (He et al., 2015), int8
 * over all values but -128, biases near zero. Integers that may be indices stay zero.
 */
public final class WeightData {
  private static final int MAX_BIAS = 1_000;

  private final Weights weights;
  private final Graph graph;
  private final QuantizationPlan plan;

  /** Data for the parameters of {@code graph}. */
  public WeightData(Weights weights, Graph graph, QuantizationPlan plan) {
    this.weights = weights;
    this.graph = graph;
    this.plan = plan;
  }

  /** Whether a tensor's data are zero bytes and nothing else. */
  public boolean isZero(int index) {
    Tensor tensor = graph.tensor(index);
    return switch (weights) {
      case Weights.Zero zero -> true;
      case Weights.Random random ->
          switch (tensor.type()) {
            case FLOAT32, INT8, UINT8 -> false;
            case INT32 -> plan.of(index).isEmpty();
            default -> true;
          };
    };
  }

  /** Fills {@code target}, which holds as many bytes as the tensor. */
  public void fill(int index, ByteBuffer target) {
    if (weights instanceof Weights.Random random && !isZero(index)) {
      draw(graph.tensor(index), new SplittableRandom(random.seed() * 31 + index), target);
    } else {
      target.put(new byte[target.remaining()]);
    }
  }

  private static void draw(Tensor tensor, SplittableRandom random, ByteBuffer target) {
    double bound = bound(tensor.shape());
    while (target.hasRemaining()) {
      if (tensor.type() == DataType.FLOAT32) {
        target.putFloat((float) random.nextDouble(-bound, bound));
      } else if (tensor.type() == DataType.INT32) {
        target.putInt(random.nextInt(-MAX_BIAS, MAX_BIAS + 1));
      } else if (tensor.type() == DataType.INT8) {
        target.put((byte) random.nextInt(-127, 128));
      } else {
        target.put((byte) random.nextInt(256));
      }
    }
  }

  private static double bound(Shape shape) {
    long inputs = shape.rank() < 2 ? 100 : shape.elements() / Math.max(1, shape.dim(0));
    return Math.sqrt(6.0 / Math.max(1, inputs));
  }
}
