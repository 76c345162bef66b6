package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.RELU;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.DEPTHWISE;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.FUSED;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.FUSED_OVER_RESULT;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * EfficientNet-EdgeTPU, found for the first Edge TPU by Gupta and Tan ("EfficientNet-EdgeTPU:
 * Creating Accelerator-Optimized Neural Networks with AutoML", 2019; tensorflow/tpu,
 * models/official/efficientnet/edgetpu), with its 1001 classes. Early stages are fused; the first
 * one expands the channels of its result. The output is logits.
 *
 * @param variant the size's name, for example {@code S}
 * @param width multiplier of all channels
 * @param depth multiplier of each stage's blocks
 * @param resolution rows and columns of the image
 */
public record EfficientNetEdgeTpu(String variant, double width, double depth, int resolution) {
  private static final int STEM = 32;
  private static final int HEAD = 1280;
  private static final List<Stage> STAGES =
      List.of(
          Stage.of(FUSED_OVER_RESULT, 3, 1, 4, 24, 1, RELU).withoutSkip(),
          Stage.of(FUSED, 3, 2, 8, 32, 2, RELU),
          Stage.of(FUSED, 3, 2, 8, 48, 4, RELU),
          Stage.of(DEPTHWISE, 5, 2, 8, 96, 5, RELU),
          Stage.of(DEPTHWISE, 5, 1, 8, 144, 4, RELU),
          Stage.of(DEPTHWISE, 5, 2, 8, 192, 2, RELU));

  public EfficientNetEdgeTpu {
    Width.require(width);
  }

  static List<ZooModel> models() {
    return Stream.of(
            new EfficientNetEdgeTpu("S", 1.0, 1.0, 224),
            new EfficientNetEdgeTpu("M", 1.0, 1.1, 240),
            new EfficientNetEdgeTpu("L", 1.2, 1.4, 300))
        .map(EfficientNetEdgeTpu::model)
        .toList();
  }

  /** The network as the zoo has it, for example {@code efficientnet_edgetpu_s}. */
  public ZooModel model() {
    StagedNetwork network =
        new StagedNetwork(
            "efficientnet_edgetpu_" + variant.toLowerCase(Locale.ROOT),
            Blocks.scaleChannels(STEM, width),
            RELU,
            STAGES.stream().map(stage -> stage.widened(width).deepened(depth)).toList(),
            new Head.Wide(Blocks.scaleChannels(HEAD, width), RELU));
    return ZooModel.classifier(
        network.name(),
        List.of(),
        "EfficientNet-EdgeTPU",
        ModelOptions.image(resolution, 1001),
        network::graph);
  }
}
