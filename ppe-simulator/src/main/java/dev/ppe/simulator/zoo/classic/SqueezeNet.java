package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * SqueezeNet 1.0, table 1 of Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer
 * parameters" (2016), without bypasses. Its convolutions have biases and no normalisation.
 */
public final class SqueezeNet {
  private static final String NAME = "squeezenet";
  private static final int RESOLUTION = 224;
  private static final int STEM = 96;

  /** A row of the table: squeezed channels, and those of each of the two expansions. */
  private record Fire(int squeezed, int expanded) {}

  /** Fire modules 2 to 9, with a pooling after each list but the last. */
  private static final List<List<Fire>> STAGES =
      List.of(
          List.of(new Fire(16, 64), new Fire(16, 64), new Fire(32, 128)),
          List.of(new Fire(32, 128), new Fire(48, 192), new Fire(48, 192), new Fire(64, 256)),
          List.of(new Fire(64, 256)));

  private SqueezeNet() {}

  static List<ZooModel> models() {
    return List.of(
        Classifier.model(
            NAME, List.of("squeezenet_1.0"), "SqueezeNet", RESOLUTION, SqueezeNet::graph));
  }

  private static Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(NAME, options.arithmetic());
    Value x = Classifier.image(net, options);
    Kernel stem = Kernel.of(7).stride(2).padding(Padding.VALID);
    x = net.scope("stem").conv("conv7x7", x, STEM, stem, Activation.RELU);
    int number = 2;
    for (int s = 0; s < STAGES.size(); s++) {
      x = pool(net.scope("pool" + s), x);
      for (Fire fire : STAGES.get(s)) {
        x = write(fire, net.scope("fire" + number++), x);
      }
    }
    // The classes are the last convolution's channels: there is no dense layer.
    return net.chain(x)
        .pointwise("head/conv1x1", options.classes(), Nonlinearity.RELU)
        .globalAveragePool("head/pool")
        .reshape("head/flatten", 1, -1)
        .build();
  }

  private static Value write(Fire fire, GraphBuilder net, Value x) {
    Value narrow = net.pointwise("squeeze", x, fire.squeezed(), Activation.RELU);
    Value point = net.pointwise("expand1x1", narrow, fire.expanded(), Activation.RELU);
    Value spatial = net.conv("expand3x3", narrow, fire.expanded(), Kernel.of(3), Activation.RELU);
    return net.concat("concat", -1, List.of(point, spatial));
  }

  /** As the reference networks round: an incomplete window at the far border counts. */
  private static Value pool(GraphBuilder net, Value x) {
    Padding far =
        Padding.explicit(0, Math.floorMod(x.height() - 3, 2), 0, Math.floorMod(x.width() - 3, 2));
    return net.maxPool("max-pool", x, Kernel.of(3).stride(2).padding(far));
  }
}
