package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.Chain;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.stream.Stream;

/**
 * VGG, table 1 of Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition" (2014): configurations D (16 layers) and E (19). Its convolutions have biases.
 *
 * @param depth layers with weights: 16 or 19
 */
public record Vgg(int depth) {
  private static final int RESOLUTION = 224;
  private static final int HIDDEN = 4096;
  private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 512);

  public Vgg {
    if (depth != 16 && depth != 19) {
      throw new IllegalArgumentException("VGG's depth is " + depth + ", must be 16 or 19");
    }
  }

  static List<ZooModel> models() {
    return Stream.of(new Vgg(16), new Vgg(19)).map(Vgg::model).toList();
  }

  /** The network with its options. */
  public ZooModel model() {
    return Classifier.model(name(), List.of("vgg_" + depth), "VGG", RESOLUTION, this::graph);
  }

  /** The name in the zoo, for example {@code vgg16}. */
  public String name() {
    return "vgg" + depth;
  }

  /** The first dense layer grows with the square of the resolution. */
  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Chain x = net.chain(Classifier.image(net, options));
    for (int s = 0; s < CHANNELS.size(); s++) {
      String stage = "s" + s;
      for (int i = 0; i < convolutions(s); i++) {
        String name = stage + "/conv3x3-" + i;
        x = x.conv(name, CHANNELS.get(s), Kernel.of(3), Nonlinearity.RELU);
      }
      x = x.maxPool(stage + "/max-pool", Kernel.of(2).stride(2));
    }
    return x.reshape("head/flatten", 1, -1)
        .fullyConnected("head/dense0", HIDDEN, Activation.RELU)
        .fullyConnected("head/dense1", HIDDEN, Activation.RELU)
        .fullyConnected("logits/fully-connected", options.classes(), Activation.NONE)
        .build();
  }

  private int convolutions(int stage) {
    if (stage < 2) {
      return 2;
    }
    return depth == 16 ? 3 : 4;
  }
}
