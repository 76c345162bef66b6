package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Inception-ResNet-v2 of Szegedy et al., "Inception-v4, Inception-ResNet and the Impact of Residual
 * Connections on Learning" (2016), as in TensorFlow's checkpoint: stem of Inception v3, twice the
 * paper's number of residual units.
 */
public final class InceptionResNetV2 {
  private static final String NAME = "inception_resnet_v2";
  private static final int RESOLUTION = 299;

  private InceptionResNetV2() {}

  static List<ZooModel> models() {
    return List.of(
        Classifier.model(
            NAME, List.of(), "Inception-ResNet", RESOLUTION, InceptionResNetV2::graph));
  }

  private static Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(NAME, options.arithmetic());
    Tower x = Tower.on(net, Classifier.image(net, options));
    x = x.shrink(32).validConv(32).conv(64, 3).shrinkByPooling();
    x = x.conv(80, 1).validConv(192).shrinkByPooling();
    x =
        x.module(
            "mixed5b",
            List.of(
                t -> t.conv(96, 1),
                t -> t.conv(48, 1).conv(64, 5),
                t -> t.conv(64, 1).conv(96, 3).conv(96, 3),
                t -> t.averagePool(3).conv(64, 1)));
    x = residuals(x, "block35", 10, InceptionResNetV2::block35);
    x =
        x.module(
            "mixed6a",
            List.of(
                t -> t.shrink(384),
                t -> t.conv(256, 1).conv(256, 3).shrink(384),
                Tower::shrinkByPooling));
    x = residuals(x, "block17", 20, InceptionResNetV2::block17);
    x =
        x.module(
            "mixed7a",
            List.of(
                t -> t.conv(256, 1).shrink(384),
                t -> t.conv(256, 1).shrink(288),
                t -> t.conv(256, 1).conv(288, 3).shrink(320),
                Tower::shrinkByPooling));
    x = residuals(x, "block8", 9, InceptionResNetV2::block8);
    x = x.residual("block8-9", Activation.NONE, InceptionResNetV2::block8).conv(1536, 1);
    return net.build(Classifier.pooledLogits(net, x.top(), options));
  }

  private static Tower residuals(Tower x, String name, int count, UnaryOperator<Tower> block) {
    Tower result = x;
    for (int i = 0; i < count; i++) {
      result = result.residual(name + "-" + i, Activation.RELU, block);
    }
    return result;
  }

  private static Tower block35(Tower x) {
    return x.module(
        "mixed",
        List.of(
            t -> t.conv(32, 1),
            t -> t.conv(32, 1).conv(32, 3),
            t -> t.conv(32, 1).conv(48, 3).conv(64, 3)));
  }

  private static Tower block17(Tower x) {
    return x.module(
        "mixed",
        List.of(
            t -> t.conv(192, 1),
            t -> t.conv(128, 1).conv(160, Kernel.of(1, 7)).conv(192, Kernel.of(7, 1))));
  }

  private static Tower block8(Tower x) {
    return x.module(
        "mixed",
        List.of(
            t -> t.conv(192, 1),
            t -> t.conv(192, 1).conv(224, Kernel.of(1, 3)).conv(256, Kernel.of(3, 1))));
  }
}
