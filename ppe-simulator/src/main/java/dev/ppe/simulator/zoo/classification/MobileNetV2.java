package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.RELU6;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.DEPTHWISE;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.UNEXPANDED;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MobileNetV2, table 2 of Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks"
 * (2018), with the 1001 classes of TensorFlow's checkpoints. The output is logits.
 *
 * @param width multiplier of all channels but the head's, which stay at 1280 below 1.0
 * @param resolution rows and columns of the image it was trained for
 */
public record MobileNetV2(double width, int resolution) {
  /** The paper's default. */
  public static final MobileNetV2 DEFAULT = new MobileNetV2(1.0);

  private static final String FAMILY = "mobilenet_v2";
  private static final int STEM = 32;
  private static final int HEAD = 1280;
  private static final List<Stage> STAGES =
      List.of(
          Stage.of(UNEXPANDED, 3, 1, 1, 16, 1, RELU6),
          Stage.of(DEPTHWISE, 3, 2, 6, 24, 2, RELU6),
          Stage.of(DEPTHWISE, 3, 2, 6, 32, 3, RELU6),
          Stage.of(DEPTHWISE, 3, 2, 6, 64, 4, RELU6),
          Stage.of(DEPTHWISE, 3, 1, 6, 96, 3, RELU6),
          Stage.of(DEPTHWISE, 3, 2, 6, 160, 3, RELU6),
          Stage.of(DEPTHWISE, 3, 1, 6, 320, 1, RELU6));

  public MobileNetV2 {
    Width.require(width);
  }

  /** The network of a width multiplier for images of the usual size. */
  public MobileNetV2(double width) {
    this(width, Width.RESOLUTION);
  }

  static List<ZooModel> models() {
    return Stream.of(0.5, 0.75, 1.0, 1.4).map(width -> new MobileNetV2(width).model()).toList();
  }

  /** The network of a name with any width and size. */
  static Optional<ZooModel> find(String name) {
    return Width.find(
        FAMILY, name, (width, resolution) -> new MobileNetV2(width, resolution).model());
  }

  /** The network as the zoo has it, for example {@code mobilenet_v2_0.75}. */
  public ZooModel model() {
    int head = Math.max(HEAD, Blocks.scaleChannels(HEAD, width));
    StagedNetwork network =
        new StagedNetwork(
            Width.name(FAMILY, width, resolution),
            Blocks.scaleChannels(STEM, width),
            RELU6,
            stages(),
            new Head.Wide(head, RELU6));
    return ZooModel.classifier(
        network.name(),
        List.of(),
        "MobileNetV2",
        ModelOptions.image(resolution, 1001),
        network::graph);
  }

  /** The layers before the head, for other heads. */
  public Backbone backbone() {
    return new Backbone(Blocks.scaleChannels(STEM, width), RELU6, stages());
  }

  /** The rows of the table between stem and head, at this width. */
  public List<Stage> stages() {
    return STAGES.stream().map(stage -> stage.widened(width)).toList();
  }
}
