package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The classifiers of this package: families in order of appearance, small to large within each. */
public final class Classification {
  /** What {@link #find} finds, for people. */
  public static final String OTHER_NAMES =
      "MobileNetV1, V2, V3 and MobileNetEdgeTPU have any width and input size in their names:"
          + " mobilenet_v2_0.35, mobilenet_v1_0.5_160";

  private Classification() {}

  /** All of them, in a fixed order. */
  public static List<ZooModel> models() {
    return Stream.of(
            MobileNetV1.models(),
            MobileNetV2.models(),
            MnasNet.models(),
            FbNet.models(),
            MobileNetV3.models(),
            EfficientNet.models(),
            EfficientNetEdgeTpu.models(),
            MobileNetEdgeTpu.models(),
            EfficientNetLite.models(),
            MobileNetEdgeTpuV2.models())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * A network of a family that has a width multiplier, with a width and an image size of one's own:
   * {@code mobilenet_v2_0.35_96}.
   */
  public static Optional<ZooModel> find(String name) {
    return MobileNetV1.find(name)
        .or(() -> MobileNetV2.find(name))
        .or(() -> MobileNetV3.find(name))
        .or(() -> MobileNetEdgeTpu.find(name));
  }
}
