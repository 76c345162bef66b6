package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.NONE;
import static dev.ppe.simulator.builder.Nonlinearity.RELU;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.DEPTHWISE;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.FUSED;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.PROJECTION;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MobileNetEdgeTPU, the first version (Gupta and Akin, "Accelerator-aware Neural Network Design
 * using AutoML", 2020), as released in the TensorFlow Model Garden
 * (official/projects/edgetpu/vision) with 1001 classes. The output is probabilities.
 *
 * @param width multiplier of the stages' channels
 * @param resolution rows and columns of the image
 * @param topChannels before the classifier
 */
public record MobileNetEdgeTpu(double width, int resolution, int topChannels) {
  private static final String FAMILY = "mobilenet_edgetpu";
  private static final int STEM = 32;
  private static final int TOP = 1280;
  private static final List<Stage> STAGES =
      List.of(
          Stage.of(PROJECTION, 1, 1, 1, 16, 1, NONE),
          Stage.of(FUSED, 3, 2, 8, 32, 1, RELU),
          Stage.of(FUSED, 3, 1, 4, 32, 3, RELU),
          Stage.of(FUSED, 3, 2, 8, 48, 1, RELU),
          Stage.of(FUSED, 3, 1, 4, 48, 3, RELU),
          Stage.of(DEPTHWISE, 3, 2, 8, 96, 1, RELU),
          Stage.of(DEPTHWISE, 3, 1, 4, 96, 3, RELU),
          Stage.of(DEPTHWISE, 3, 1, 8, 96, 1, RELU).withoutSkip(),
          Stage.of(DEPTHWISE, 3, 1, 4, 96, 3, RELU),
          Stage.of(DEPTHWISE, 5, 2, 8, 160, 1, RELU),
          Stage.of(DEPTHWISE, 5, 1, 4, 160, 3, RELU),
          Stage.of(DEPTHWISE, 3, 1, 8, 192, 1, RELU));

  public MobileNetEdgeTpu {
    Width.require(width);
  }

  /** The network of a width multiplier, which the Model Garden applies to the top as well. */
  public MobileNetEdgeTpu(double width, int resolution) {
    this(width, resolution, Blocks.scaleChannels(TOP, width));
  }

  /** The network of a width multiplier for images of the usual size. */
  public MobileNetEdgeTpu(double width) {
    this(width, Width.RESOLUTION);
  }

  static List<ZooModel> models() {
    return Stream.concat(
            // An earlier release (TensorFlow Slim) left the top of the narrow one at 1280.
            Stream.of(
                new MobileNetEdgeTpu(0.75), new MobileNetEdgeTpu(0.75, Width.RESOLUTION, TOP)),
            Stream.of(1.0, 1.25, 1.5, 1.75).map(MobileNetEdgeTpu::new))
        .map(MobileNetEdgeTpu::model)
        .toList();
  }

  /** The network of a name with any width and size. */
  static Optional<ZooModel> find(String name) {
    return Width.find(
        FAMILY, name, (width, resolution) -> new MobileNetEdgeTpu(width, resolution).model());
  }

  /** The network as the zoo has it, for example {@code mobilenet_edgetpu_1.25}. */
  public ZooModel model() {
    boolean scaledTop = topChannels == Blocks.scaleChannels(TOP, width);
    String top = scaledTop ? "" : "_top" + topChannels;
    StagedNetwork network =
        new StagedNetwork(
            Width.name(FAMILY, width, resolution) + top,
            Blocks.scaleChannels(STEM, width),
            RELU,
            stages(),
            new Head.Convolutional(topChannels));
    return new ZooModel(
        network.name(),
        resolution == Width.RESOLUTION
            ? List.of(FAMILY + "_v1_dm" + multiplier() + top)
            : List.of(),
        "MobileNetEdgeTPU",
        scaledTop
            ? "image classification"
            : "image classification, with a top of %d channels".formatted(topChannels),
        ModelOptions.image(resolution, 1001),
        network::graph);
  }

  /** As in the names of the Model Garden: 1 or 1p25. */
  private String multiplier() {
    return width == Math.rint(width)
        ? Integer.toString((int) width)
        : Double.toString(width).replace('.', 'p');
  }

  /** The layers before the head, for other heads. */
  public Backbone backbone() {
    return new Backbone(Blocks.scaleChannels(STEM, width), RELU, stages());
  }

  /** The rows of the table between stem and top, at this width. */
  public List<Stage> stages() {
    return STAGES.stream().map(stage -> stage.widened(width)).toList();
  }
}
