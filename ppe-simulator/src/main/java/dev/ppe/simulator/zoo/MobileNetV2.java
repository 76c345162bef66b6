package dev.ppe.simulator.zoo;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import java.util.List;

/**
 * MobileNetV2, table 2 of Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks"
 * (2018), with the 1001 classes of TensorFlow's checkpoints. The output is logits.
 *
 * @param width multiplier of all channels but the head's, which stay at 1280 below 1.0
 * @param resolution rows and columns of the image
 */
public record MobileNetV2(double width, int resolution) {
  /** The paper's default. */
  public static final MobileNetV2 DEFAULT = new MobileNetV2(1.0, 224);

  private static final Kernel KERNEL = Kernel.of(3);
  private static final int STEM = 32;
  private static final int HEAD = 1280;
  private static final int CLASSES = 1001;

  /** A row of the table: {@code repeats} blocks, the first of which strides. */
  private record Stage(int expansion, int channels, int repeats, int stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  public MobileNetV2 {
    if (!(width > 0 && width <= 16)) {
      throw new IllegalArgumentException("width is " + width + ", must be above 0 and up to 16");
    }
    if (resolution < 1) {
      throw new IllegalArgumentException("resolution is " + resolution + ", must be 1 or more");
    }
  }

  static List<ZooModel> models() {
    return List.of(
        new ZooModel(
            DEFAULT.name(),
            List.of("mobilenet_v2_1.0", "mobilenet_v2_1.0_224"),
            "MobileNetV2 1.0, image classification at 224 x 224",
            DEFAULT::graph));
  }

  /** The name in the zoo, for example {@code mobilenet_v2_0.75_192}. */
  public String name() {
    return equals(DEFAULT) ? "mobilenet_v2" : "mobilenet_v2_" + width + "_" + resolution;
  }

  /** The network. */
  public Graph graph(Arithmetic arithmetic) {
    GraphBuilder net = GraphBuilder.named(name(), arithmetic);
    Value image = net.input("image", 1, resolution, resolution, 3);
    Value x =
        net.scope("stem").conv("conv3x3", image, scaled(STEM), KERNEL.stride(2), Activation.RELU6);
    for (int s = 0; s < STAGES.size(); s++) {
      Stage stage = STAGES.get(s);
      for (int b = 0; b < stage.repeats(); b++) {
        x = block(net.scope("s" + s + "b" + b), x, stage, b == 0 ? stage.stride() : 1);
      }
    }
    GraphBuilder head = net.scope("head");
    x = head.pointwise("conv1x1", x, Math.max(HEAD, scaled(HEAD)), Activation.RELU6);
    x = head.globalAveragePool("pool", x);
    return net.build(
        net.scope("logits").fullyConnected("fully-connected", x, CLASSES, Activation.NONE));
  }

  private Value block(GraphBuilder net, Value x, Stage stage, int stride) {
    int channels = scaled(stage.channels());
    Kernel kernel = KERNEL.stride(stride);
    if (stage.expansion() == 1) {
      return Blocks.depthwiseSeparable(net, x, channels, kernel, Activation.RELU6);
    }
    int expanded = stage.expansion() * x.channels();
    return Blocks.depthwise(net, x, new Bottleneck(expanded, channels, kernel, Activation.RELU6));
  }

  private int scaled(int channels) {
    return Blocks.scaleChannels(channels, width);
  }
}
