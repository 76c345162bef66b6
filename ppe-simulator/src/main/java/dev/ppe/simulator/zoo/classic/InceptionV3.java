package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * Inception v3, table 1 of Szegedy et al., "Rethinking the Inception Architecture for Computer
 * Vision" (2015), with the widths of TensorFlow's checkpoint and without the auxiliary classifier,
 * which only training uses.
 */
public final class InceptionV3 {
  private static final String NAME = "inception_v3";
  private static final int RESOLUTION = 299;
  private static final Kernel ROW = Kernel.of(1, 7);
  private static final Kernel COLUMN = Kernel.of(7, 1);

  private InceptionV3() {}

  static List<ZooModel> models() {
    return List.of(Classifier.model(NAME, List.of(), "Inception", RESOLUTION, InceptionV3::graph));
  }

  private static Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(NAME, options.arithmetic());
    Tower x = Tower.on(net, Classifier.image(net, options));
    x = x.shrink(32).validConv(32).conv(64, 3).shrinkByPooling();
    x = x.conv(80, 1).validConv(192).shrinkByPooling();
    x = square(x, "mixed0", 32);
    x = square(x, "mixed1", 64);
    x = square(x, "mixed2", 64);
    x =
        x.module(
            "mixed3",
            List.of(
                t -> t.shrink(384),
                t -> t.conv(64, 1).conv(96, 3).shrink(96),
                Tower::shrinkByPooling));
    x = factored(x, "mixed4", 128);
    x = factored(x, "mixed5", 160);
    x = factored(x, "mixed6", 160);
    x = factored(x, "mixed7", 192);
    x =
        x.module(
            "mixed8",
            List.of(
                t -> t.conv(192, 1).shrink(320),
                t -> t.conv(192, 1).conv(192, ROW).conv(192, COLUMN).shrink(192),
                Tower::shrinkByPooling));
    x = expanded(x, "mixed9");
    x = expanded(x, "mixed10");
    return net.build(Classifier.pooledLogits(net, x.top(), options));
  }

  /** Figure 5 of the paper, on 35 x 35 maps. */
  private static Tower square(Tower x, String name, int pool) {
    return x.module(
        name,
        List.of(
            t -> t.conv(64, 1),
            t -> t.conv(48, 1).conv(64, 5),
            t -> t.conv(64, 1).conv(96, 3).conv(96, 3),
            t -> t.averagePool(3).conv(pool, 1)));
  }

  /** Figure 6: 7 x 7 kernels factored into rows and columns, on 17 x 17 maps. */
  private static Tower factored(Tower x, String name, int width) {
    return x.module(
        name,
        List.of(
            t -> t.conv(192, 1),
            t -> t.conv(width, 1).conv(width, ROW).conv(192, COLUMN),
            t ->
                t.conv(width, 1)
                    .conv(width, COLUMN)
                    .conv(width, ROW)
                    .conv(width, COLUMN)
                    .conv(192, ROW),
            t -> t.averagePool(3).conv(192, 1)));
  }

  /** Figure 7: rows and columns side by side, on 8 x 8 maps. */
  private static Tower expanded(Tower x, String name) {
    Kernel row = Kernel.of(1, 3);
    Kernel column = Kernel.of(3, 1);
    return x.module(
        name,
        List.of(
            t -> t.conv(320, 1),
            t -> t.conv(384, 1).fork(384, row, column),
            t -> t.conv(448, 1).conv(384, 3).fork(384, row, column),
            t -> t.averagePool(3).conv(192, 1)));
  }
}
