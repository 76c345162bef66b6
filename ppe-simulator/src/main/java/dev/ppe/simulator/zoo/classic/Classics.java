package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.stream.Stream;

/** The networks of this package: families in order of appearance, small to large within each. */
public final class Classics {
  private Classics() {}

  /** All of them, in a fixed order. */
  public static List<ZooModel> models() {
    return Stream.of(
            Vgg.models(),
            InceptionV1.models(),
            InceptionV3.models(),
            ResNet.models(),
            InceptionV4.models(),
            InceptionResNetV2.models(),
            SqueezeNet.models(),
            DenseNet.models(),
            UNet.models())
        .flatMap(List::stream)
        .toList();
  }
}
