package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * DenseNet-BC, table 1 of Huang et al., "Densely Connected Convolutional Networks" (2016): every
 * layer reads all maps before it and adds {@code growth} channels.
 *
 * @param growth channels that a layer adds
 * @param layers of each dense block
 */
public record DenseNet(int growth, List<Integer> layers) {
  /** 121 layers with weights. */
  public static final DenseNet DENSENET_121 = new DenseNet(32, List.of(6, 12, 24, 16));

  private static final int RESOLUTION = 224;
  private static final int BOTTLENECK = 4;

  public DenseNet {
    layers = List.copyOf(layers);
    if (growth < 1) {
      throw new IllegalArgumentException("growth is " + growth + ", must be 1 or more");
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("has no dense blocks");
    }
  }

  static List<ZooModel> models() {
    return List.of(DENSENET_121.model());
  }

  /** The network with its options. */
  public ZooModel model() {
    return Classifier.model(name(), List.of(), "DenseNet", RESOLUTION, this::graph);
  }

  /** The name in the zoo, for example {@code densenet121}. */
  public String name() {
    return "densenet" + depth();
  }

  /** Layers with weights: the stem, two for each dense one, transitions, logits. */
  private int depth() {
    return 2 * layers.stream().mapToInt(Integer::intValue).sum() + layers.size() + 1;
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Value x = Classifier.image(net, options);
    GraphBuilder stem = net.scope("stem");
    x = stem.conv("conv7x7", x, 2 * growth, Kernel.of(7).stride(2), Activation.RELU);
    x = stem.maxPool("max-pool", x, Kernel.of(3).stride(2));
    for (int d = 0; d < layers.size(); d++) {
      if (d > 0) {
        x = transition(net.scope("t" + d), x);
      }
      for (int l = 0; l < layers.get(d); l++) {
        x = denseLayer(net.scope("d" + d + "l" + l), x);
      }
    }
    x = net.scope("head").scaleAndOffset("activation", x, Activation.RELU);
    return net.build(Classifier.pooledLogits(net, x, options));
  }

  /** The normalisation after the first convolution folds into it, that of all maps does not. */
  private Value denseLayer(GraphBuilder net, Value x) {
    Value activated = net.scaleAndOffset("preactivation", x, Activation.RELU);
    Value narrow = net.pointwise("reduce", activated, BOTTLENECK * growth, Activation.RELU);
    Value fresh = net.withoutBias().conv("conv3x3", narrow, growth, Kernel.of(3), Activation.NONE);
    return net.concat("concat", -1, List.of(x, fresh));
  }

  private static Value transition(GraphBuilder net, Value x) {
    Value activated = net.scaleAndOffset("preactivation", x, Activation.RELU);
    Value half = net.withoutBias().pointwise("halve", activated, x.channels() / 2, Activation.NONE);
    return net.averagePool("average-pool", half, Kernel.of(2).stride(2));
  }
}
