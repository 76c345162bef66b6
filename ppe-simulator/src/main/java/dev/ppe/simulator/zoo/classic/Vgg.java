package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
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
    return Classifier.model(
        name(), List.of("vgg_" + depth), "VGG-%d".formatted(depth), RESOLUTION, this::graph);
  }

  /** The name in the zoo, for example {@code vgg16}. */
  public String name() {
    return "vgg" + depth;
  }

  /** The first dense layer grows with the square of the resolution. */
  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Value x = Classifier.image(net, options);
    for (int s = 0; s < CHANNELS.size(); s++) {
      GraphBuilder stage = net.scope("s" + s);
      for (int i = 0; i < convolutions(s); i++) {
        x = stage.conv("conv3x3-" + i, x, CHANNELS.get(s), Kernel.of(3), Activation.RELU);
      }
      x = stage.maxPool("max-pool", x, Kernel.of(2).stride(2));
    }
    GraphBuilder head = net.scope("head");
    x = head.reshape("flatten", x, 1, -1);
    x = head.fullyConnected("dense0", x, HIDDEN, Activation.RELU);
    x = head.fullyConnected("dense1", x, HIDDEN, Activation.RELU);
    return net.build(Classifier.logits(net, x, options));
  }

  private int convolutions(int stage) {
    if (stage < 2) {
      return 2;
    }
    return depth == 16 ? 3 : 4;
  }
}
