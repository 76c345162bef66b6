package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.SWISH;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.DEPTHWISE;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.UNEXPANDED;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * EfficientNet, table 1 of Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional
 * Neural Networks" (2019): one table, of which the larger networks scale width, depth and
 * resolution together. The output is logits.
 *
 * @param variant the size's name, for example {@code B0}
 * @param width multiplier of all channels
 * @param depth multiplier of each stage's blocks
 * @param resolution rows and columns of the image
 */
public record EfficientNet(String variant, double width, double depth, int resolution) {
  /** The table; the lite networks derive from it. */
  static final List<Stage> STAGES =
      Stream.of(
              Stage.of(UNEXPANDED, 3, 1, 1, 16, 1, SWISH),
              Stage.of(DEPTHWISE, 3, 2, 6, 24, 2, SWISH),
              Stage.of(DEPTHWISE, 5, 2, 6, 40, 2, SWISH),
              Stage.of(DEPTHWISE, 3, 2, 6, 80, 3, SWISH),
              Stage.of(DEPTHWISE, 5, 1, 6, 112, 3, SWISH),
              Stage.of(DEPTHWISE, 5, 2, 6, 192, 4, SWISH),
              Stage.of(DEPTHWISE, 3, 1, 6, 320, 1, SWISH))
          .map(stage -> stage.squeezed(Squeeze.QUARTER_OF_INPUT))
          .toList();

  private static final int STEM = 32;
  private static final int HEAD = 1280;

  public EfficientNet {
    Width.require(width);
  }

  static List<ZooModel> models() {
    return Stream.of(
            new EfficientNet("B0", 1.0, 1.0, 224),
            new EfficientNet("B1", 1.0, 1.1, 240),
            new EfficientNet("B2", 1.1, 1.2, 260),
            new EfficientNet("B3", 1.2, 1.4, 300))
        .map(EfficientNet::model)
        .toList();
  }

  /** The network as the zoo has it, for example {@code efficientnet_b0}. */
  public ZooModel model() {
    StagedNetwork network =
        new StagedNetwork(
            "efficientnet_" + variant.toLowerCase(Locale.ROOT),
            Blocks.scaleChannels(STEM, width),
            SWISH,
            STAGES.stream().map(stage -> stage.widened(width).deepened(depth)).toList(),
            new Head.Wide(Blocks.scaleChannels(HEAD, width), SWISH));
    return ZooModel.classifier(
        network.name(),
        List.of(),
        "EfficientNet",
        ModelOptions.image(resolution, 1000),
        network::graph);
  }
}
