package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.PyramidBlocks;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import java.util.List;

/**
 * How logits on a coarse map become the class of each pixel, as exported by the TensorFlow Model
 * Garden (official/projects/edgetpu/vision/serving/export_util.py). The tensor that the search for
 * the largest logit reads is the largest of the whole network: 8.4 million elements for 512 x 512
 * pixels and 32 classes.
 */
public sealed interface ClassMap {
  /** Every logit at the resolution of the image, then the index of the largest. */
  record ArgMax() implements ClassMap {}

  /**
   * "Fused" argmax (section 4.3 of the EdgeTPU paper): the index at {@code resolution} rows and
   * columns, then repeated up to the image's. The index is computed by elementwise operators, which
   * the accelerator has, other than an argmax.
   */
  record Fused(int resolution) implements ClassMap {
    public Fused {
      if (resolution < 1) {
        throw new IllegalArgumentException("resolution is " + resolution + ", must be 1 or more");
      }
    }
  }

  /**
   * Writes the layers.
   *
   * @return [N, pixels, pixels]
   */
  default Value write(GraphBuilder net, Value logits, int pixels) {
    return switch (this) {
      case ArgMax argMax -> {
        Value fine = net.resizeBilinear("resize", logits, pixels, pixels);
        yield net.apply("argmax", new Operator.ArgMax(-1, false, DataType.INT32), fine);
      }
      case Fused(int resolution) -> {
        Value coarse = net.resizeBilinear("resize", logits, resolution, resolution);
        Value index = index(net.scope("argmax"), coarse);
        Value fine = PyramidBlocks.resizeNearest(net.scope("repeat"), index, pixels, pixels);
        yield net.squeeze("squeeze", fine, 3);
      }
    };
  }

  /**
   * The index of the largest channel: those below the largest by a thousandth or more become 1, the
   * largest 0; times the index counted backwards, the first of the largest stands out.
   */
  private static Value index(GraphBuilder net, Value x) {
    Value below = subtract(net, "below", max(net, "max", x), x);
    Value threshold = net.parameter("threshold", 1);
    Operator minimum = new Operator.Binary(BinaryFunction.MINIMUM, Activation.NONE);
    Value clipped = net.apply("clip", minimum, below, threshold);
    Value flag = net.multiply("scale", clipped, net.parameter("thousand", 1));
    Value isMax = subtract(net, "is-max", net.parameter("one", 1), flag);
    Value backwards = net.multiply("weigh", isMax, net.parameter("backwards", x.channels()));
    return subtract(net, "index", net.parameter("last", 1), max(net, "first", backwards));
  }

  private static Value max(GraphBuilder net, String name, Value x) {
    return net.apply(name, new Operator.Reduce(ReduceFunction.MAX, List.of(-1), true), x);
  }

  private static Value subtract(GraphBuilder net, String name, Value left, Value right) {
    return net.apply(name, new Operator.Binary(BinaryFunction.SUB, Activation.NONE), left, right);
  }
}
