package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.RELU6;

import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * EfficientNet-lite, {@link EfficientNet} as its authors fitted it to integer arithmetic
 * (tensorflow/tpu, models/official/efficientnet/lite): ReLU6, no squeeze-and-excitation, stem and
 * head of fixed width, first and last stage of fixed depth. The output is logits.
 *
 * @param index 0 to 4
 * @param width multiplier of the stages' channels
 * @param depth multiplier of the inner stages' blocks
 * @param resolution rows and columns of the image
 */
public record EfficientNetLite(int index, double width, double depth, int resolution) {
  private static final int STEM = 32;
  private static final int HEAD = 1280;

  public EfficientNetLite {
    Width.require(width);
  }

  static List<ZooModel> models() {
    return Stream.of(
            new EfficientNetLite(0, 1.0, 1.0, 224),
            new EfficientNetLite(1, 1.0, 1.1, 240),
            new EfficientNetLite(2, 1.1, 1.2, 260),
            new EfficientNetLite(3, 1.2, 1.4, 280),
            new EfficientNetLite(4, 1.4, 1.8, 300))
        .map(EfficientNetLite::model)
        .toList();
  }

  /** The network as the zoo has it, for example {@code efficientnet_lite0}. */
  public ZooModel model() {
    StagedNetwork network =
        new StagedNetwork(
            "efficientnet_lite" + index, STEM, RELU6, stages(), new Head.Wide(HEAD, RELU6));
    return ZooModel.classifier(
        network.name(),
        List.of(),
        "EfficientNet-lite",
        ModelOptions.image(resolution, 1000),
        network::graph);
  }

  private List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    int last = EfficientNet.STAGES.size() - 1;
    for (int s = 0; s <= last; s++) {
      Stage stage = EfficientNet.STAGES.get(s).squeezed(Squeeze.NONE).with(RELU6).widened(width);
      stages.add(s == 0 || s == last ? stage : stage.deepened(depth));
    }
    return stages;
  }
}
