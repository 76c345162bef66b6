package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.HARD_SWISH;
import static dev.ppe.simulator.builder.Nonlinearity.RELU;
import static dev.ppe.simulator.zoo.classification.Squeeze.QUARTER_OF_EXPANDED;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.CONVOLUTION;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.DEPTHWISE;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.UNEXPANDED;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MobileNetV3, tables 1 and 2 of Howard et al., "Searching for MobileNetV3" (2019), with the 1001
 * classes of TensorFlow's checkpoints. The output is logits.
 *
 * <p>The minimalistic variants are the same networks for accelerators that lack what V3 added: 3 x
 * 3 kernels and ReLU throughout, no squeeze-and-excitation. (Hard-swish is an operator of its own
 * in TensorFlow Lite, and leaves the Edge TPU for the host.)
 *
 * @param variant the size's name, for example {@code Large}
 * @param nonlinearity after stem and last layer
 * @param stages the rows of the table, the 1 x 1 convolution before the pooling included
 * @param features between the pooling and the classifier
 */
public record MobileNetV3(
    String variant, Nonlinearity nonlinearity, List<Stage> stages, int features) {
  private static final int STEM = 16;

  // The papers' tables have expanded channels; here are their ratios to the input's.
  public static final MobileNetV3 SMALL =
      new MobileNetV3(
          "Small",
          HARD_SWISH,
          List.of(
              Stage.of(UNEXPANDED, 3, 2, 1, 16, 1, RELU).squeezed(QUARTER_OF_EXPANDED),
              Stage.of(DEPTHWISE, 3, 2, 72 / 16.0, 24, 1, RELU),
              Stage.of(DEPTHWISE, 3, 1, 88 / 24.0, 24, 1, RELU),
              Stage.of(DEPTHWISE, 5, 2, 96 / 24.0, 40, 1, HARD_SWISH).squeezed(QUARTER_OF_EXPANDED),
              Stage.of(DEPTHWISE, 5, 1, 240 / 40.0, 40, 2, HARD_SWISH)
                  .squeezed(QUARTER_OF_EXPANDED),
              Stage.of(DEPTHWISE, 5, 1, 120 / 40.0, 48, 2, HARD_SWISH)
                  .squeezed(QUARTER_OF_EXPANDED),
              Stage.of(DEPTHWISE, 5, 2, 288 / 48.0, 96, 3, HARD_SWISH)
                  .squeezed(QUARTER_OF_EXPANDED),
              Stage.of(CONVOLUTION, 1, 1, 1, 576, 1, HARD_SWISH)),
          1024);

  public static final MobileNetV3 LARGE =
      new MobileNetV3(
          "Large",
          HARD_SWISH,
          List.of(
              Stage.of(UNEXPANDED, 3, 1, 1, 16, 1, RELU),
              Stage.of(DEPTHWISE, 3, 2, 64 / 16.0, 24, 1, RELU),
              Stage.of(DEPTHWISE, 3, 1, 72 / 24.0, 24, 1, RELU),
              Stage.of(DEPTHWISE, 5, 2, 72 / 24.0, 40, 3, RELU).squeezed(QUARTER_OF_EXPANDED),
              Stage.of(DEPTHWISE, 3, 2, 240 / 40.0, 80, 1, HARD_SWISH),
              Stage.of(DEPTHWISE, 3, 1, 200 / 80.0, 80, 1, HARD_SWISH),
              Stage.of(DEPTHWISE, 3, 1, 184 / 80.0, 80, 2, HARD_SWISH),
              Stage.of(DEPTHWISE, 3, 1, 480 / 80.0, 112, 2, HARD_SWISH)
                  .squeezed(QUARTER_OF_EXPANDED),
              Stage.of(DEPTHWISE, 5, 2, 672 / 112.0, 160, 3, HARD_SWISH)
                  .squeezed(QUARTER_OF_EXPANDED),
              Stage.of(CONVOLUTION, 1, 1, 1, 960, 1, HARD_SWISH)),
          1280);

  public MobileNetV3 {
    stages = List.copyOf(stages);
  }

  static List<ZooModel> models() {
    return variants().map(MobileNetV3::model).toList();
  }

  private static Stream<MobileNetV3> variants() {
    return Stream.of(SMALL.minimalistic(), SMALL, LARGE.minimalistic(), LARGE);
  }

  /** The network of a name with any width and size. */
  static Optional<ZooModel> find(String name) {
    return variants()
        .flatMap(network -> Width.find(network.family(), name, network::model).stream())
        .findFirst();
  }

  /** This network without 5 x 5 kernels, gates and hard-swish. */
  public MobileNetV3 minimalistic() {
    return new MobileNetV3(
        variant + " minimalistic",
        RELU,
        stages.stream()
            .map(
                stage ->
                    stage.withKernel(Math.min(3, stage.kernel())).with(RELU).squeezed(Squeeze.NONE))
            .toList(),
        features);
  }

  private String family() {
    return "mobilenet_v3_" + variant.toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  /** The network as the zoo has it, for example {@code mobilenet_v3_large_minimalistic}. */
  public ZooModel model() {
    return model(1, Width.RESOLUTION);
  }

  /**
   * The network of a width multiplier.
   *
   * @param width multiplier of all channels but those between the pooling and the classifier, which
   *     stay as they are below 1.0
   * @param resolution rows and columns of the image
   */
  public ZooModel model(double width, int resolution) {
    Width.require(width);
    StagedNetwork network =
        new StagedNetwork(
            Width.name(family(), width, resolution),
            Blocks.scaleChannels(STEM, width),
            nonlinearity,
            stages.stream().map(stage -> stage.widened(width)).toList(),
            new Head.WideAfterPool(
                Math.max(features, Blocks.scaleChannels(features, width)), nonlinearity));
    return ZooModel.classifier(
        network.name(),
        List.of(),
        "MobileNetV3",
        ModelOptions.image(resolution, 1001),
        network::graph);
  }
}
