package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.RELU6;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.SEPARABLE;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MobileNetV1, table 1 of Howard et al., "MobileNets: Efficient Convolutional Neural Networks for
 * Mobile Vision Applications" (2017), with the 1001 classes of TensorFlow's checkpoints. The output
 * is logits.
 *
 * @param width multiplier of all channels
 * @param resolution rows and columns of the image it was trained for
 */
public record MobileNetV1(double width, int resolution) {
  private static final String FAMILY = "mobilenet_v1";
  private static final int STEM = 32;
  private static final List<Stage> STAGES =
      List.of(
          Stage.of(SEPARABLE, 3, 1, 1, 64, 1, RELU6),
          Stage.of(SEPARABLE, 3, 2, 1, 128, 2, RELU6),
          Stage.of(SEPARABLE, 3, 2, 1, 256, 2, RELU6),
          Stage.of(SEPARABLE, 3, 2, 1, 512, 6, RELU6),
          Stage.of(SEPARABLE, 3, 2, 1, 1024, 2, RELU6));

  public MobileNetV1 {
    Width.require(width);
  }

  static List<ZooModel> models() {
    return Stream.of(128, 192, 224)
        .flatMap(
            resolution ->
                Stream.of(0.25, 0.5, 0.75, 1.0).map(width -> new MobileNetV1(width, resolution)))
        .map(MobileNetV1::model)
        .toList();
  }

  /** The network of a name with any width and size. */
  static Optional<ZooModel> find(String name) {
    return Width.find(
        FAMILY, name, (width, resolution) -> new MobileNetV1(width, resolution).model());
  }

  /** The network as the zoo has it, for example {@code mobilenet_v1_0.25_128}. */
  public ZooModel model() {
    StagedNetwork network =
        new StagedNetwork(
            Width.name(FAMILY, width, resolution),
            Blocks.scaleChannels(STEM, width),
            RELU6,
            stages(),
            new Head.Pooled());
    return ZooModel.classifier(
        network.name(),
        List.of(),
        "MobileNetV1",
        ModelOptions.image(resolution, 1001),
        network::graph);
  }

  /** The layers before the head, for other heads. */
  public Backbone backbone() {
    return new Backbone(Blocks.scaleChannels(STEM, width), RELU6, stages());
  }

  /** The rows of the table between stem and pooling, at this width. */
  public List<Stage> stages() {
    return STAGES.stream().map(stage -> stage.widened(width)).toList();
  }
}
