package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.stream.Stream;

/** The classifiers of this package: families in order of appearance, small to large within each. */
public final class Classification {
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
}
