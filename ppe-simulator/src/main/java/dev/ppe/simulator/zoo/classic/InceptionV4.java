package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * Inception v4, figures 3 to 9 of Szegedy et al., "Inception-v4, Inception-ResNet and the Impact of
 * Residual Connections on Learning" (2016).
 */
public final class InceptionV4 {
  private static final String NAME = "inception_v4";
  private static final int RESOLUTION = 299;
  private static final Kernel ROW = Kernel.of(1, 7);
  private static final Kernel COLUMN = Kernel.of(7, 1);

  private InceptionV4() {}

  static List<ZooModel> models() {
    return List.of(Classifier.model(NAME, List.of(), "Inception", RESOLUTION, InceptionV4::graph));
  }

  private static Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(NAME, options.arithmetic());
    Tower x = Tower.on(net, Classifier.image(net, options));
    x = stem(x);
    for (int i = 0; i < 4; i++) {
      x = moduleA(x, "a" + i);
    }
    x =
        x.module(
            "reduction-a",
            List.of(
                t -> t.shrink(384),
                t -> t.conv(192, 1).conv(224, 3).shrink(256),
                Tower::shrinkByPooling));
    for (int i = 0; i < 7; i++) {
      x = moduleB(x, "b" + i);
    }
    x =
        x.module(
            "reduction-b",
            List.of(
                t -> t.conv(192, 1).shrink(192),
                t -> t.conv(256, 1).conv(256, ROW).conv(320, COLUMN).shrink(320),
                Tower::shrinkByPooling));
    for (int i = 0; i < 3; i++) {
      x = moduleC(x, "c" + i);
    }
    return net.build(Classifier.pooledLogits(net, x.top(), options));
  }

  /** Figure 3: to 35 x 35 maps of 384 channels. */
  private static Tower stem(Tower x) {
    return x.shrink(32)
        .validConv(32)
        .conv(64, 3)
        .module("stem0", List.of(Tower::shrinkByPooling, t -> t.shrink(96)))
        .module(
            "stem1",
            List.of(
                t -> t.conv(64, 1).validConv(96),
                t -> t.conv(64, 1).conv(64, ROW).conv(64, COLUMN).validConv(96)))
        .module("stem2", List.of(t -> t.shrink(192), Tower::shrinkByPooling));
  }

  private static Tower moduleA(Tower x, String name) {
    return x.module(
        name,
        List.of(
            t -> t.conv(96, 1),
            t -> t.conv(64, 1).conv(96, 3),
            t -> t.conv(64, 1).conv(96, 3).conv(96, 3),
            t -> t.averagePool(3).conv(96, 1)));
  }

  private static Tower moduleB(Tower x, String name) {
    return x.module(
        name,
        List.of(
            t -> t.conv(384, 1),
            t -> t.conv(192, 1).conv(224, ROW).conv(256, COLUMN),
            t -> t.conv(192, 1).conv(192, COLUMN).conv(224, ROW).conv(224, COLUMN).conv(256, ROW),
            t -> t.averagePool(3).conv(128, 1)));
  }

  private static Tower moduleC(Tower x, String name) {
    Kernel row = Kernel.of(1, 3);
    Kernel column = Kernel.of(3, 1);
    return x.module(
        name,
        List.of(
            t -> t.conv(256, 1),
            t -> t.conv(384, 1).fork(256, row, column),
            t -> t.conv(384, 1).conv(448, column).conv(512, row).fork(256, row, column),
            t -> t.averagePool(3).conv(256, 1)));
  }
}
