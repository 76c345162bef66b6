package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.ResidualBlocks;
import dev.ppe.simulator.builder.ResidualBlocks.Order;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks, table 1 of He et al., "Deep Residual Learning for Image Recognition" (2015),
 * and those of He et al., "Identity Mappings in Deep Residual Networks" (2016).
 *
 * @param depth layers with weights: 18, 34, 50, 101 or 152
 * @param version which of the papers
 */
public record ResNet(int depth, Version version) {

  /** Order of a unit's layers, and which of a bottleneck's convolutions strides. */
  public enum Version {
    /** The first paper: activation after the sum, stride in the first 1 x 1 convolution. */
    V1("", Order.STRIDE_FIRST),
    /** As most frameworks train it: stride in the 3 x 3 convolution. */
    V1_5("_v1.5", Order.STRIDE_IN_KERNEL),
    /** The second paper: activation before the convolutions, stride in the 3 x 3 convolution. */
    V2("_v2", Order.PREACTIVATED);

    private final String suffix;
    private final Order order;

    Version(String suffix, Order order) {
      this.suffix = suffix;
      this.order = order;
    }
  }

  private static final int RESOLUTION = 224;
  private static final int STEM = 64;
  private static final int BOTTLENECK = 4;

  public ResNet {
    if (version == Version.V1_5 && !hasBottlenecks(depth)) {
      throw new IllegalArgumentException(
          "ResNet-" + depth + " has no bottlenecks: its v1.5 would be its v1");
    }
    repeats(depth);
  }

  static List<ZooModel> models() {
    List<ZooModel> models = new ArrayList<>();
    for (Version version : Version.values()) {
      for (int depth : List.of(18, 50, 101, 152)) {
        if (version != Version.V1_5 || hasBottlenecks(depth)) {
          models.add(new ResNet(depth, version).model());
        }
      }
    }
    return models;
  }

  /** The network with its options. */
  public ZooModel model() {
    List<String> aliases = version == Version.V1 ? List.of(name() + "_v1") : List.of();
    return Classifier.model(name(), aliases, "ResNet", RESOLUTION, this::graph);
  }

  /** The name in the zoo, for example {@code resnet50_v1.5}; version 1 goes without saying. */
  public String name() {
    return "resnet" + depth + version.suffix;
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Value x = Classifier.image(net, options);
    GraphBuilder stem = net.scope("stem");
    x = stem.conv("conv7x7", x, STEM, Kernel.of(7).stride(2), Activation.RELU);
    x = stem.maxPool("max-pool", x, Kernel.of(3).stride(2));
    List<Integer> repeats = repeats(depth);
    for (int s = 0; s < repeats.size(); s++) {
      for (int b = 0; b < repeats.get(s); b++) {
        x = unit(net.scope("s" + s + "b" + b), x, STEM << s, s > 0 && b == 0 ? 2 : 1);
      }
    }
    if (version == Version.V2) {
      x = net.scope("head").scaleAndOffset("activation", x, Activation.RELU);
    }
    return net.build(Classifier.pooledLogits(net, x, options));
  }

  private Value unit(GraphBuilder net, Value x, int channels, int stride) {
    return hasBottlenecks(depth)
        ? ResidualBlocks.bottleneck(net, x, channels, BOTTLENECK * channels, stride, version.order)
        : ResidualBlocks.basic(net, x, channels, stride, version.order);
  }

  private static boolean hasBottlenecks(int depth) {
    return depth >= 50;
  }

  private static List<Integer> repeats(int depth) {
    return switch (depth) {
      case 18 -> List.of(2, 2, 2, 2);
      case 34, 50 -> List.of(3, 4, 6, 3);
      case 101 -> List.of(3, 4, 23, 3);
      case 152 -> List.of(3, 8, 36, 3);
      default ->
          throw new IllegalArgumentException(
              "ResNet's depth is " + depth + ", must be 18, 34, 50, 101 or 152");
    };
  }
}
