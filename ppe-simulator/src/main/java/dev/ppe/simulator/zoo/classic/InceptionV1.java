package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * GoogLeNet, table 1 of Szegedy et al., "Going Deeper with Convolutions" (2014), as TensorFlow's
 * checkpoints have it: batch normalisation, and 3 x 3 kernels in the place of the paper's 5 x 5.
 */
public final class InceptionV1 {
  private static final String NAME = "inception_v1";
  private static final int RESOLUTION = 224;

  /** A row of the table: channels of the four towers, with those of their reductions. */
  private record Mixed(int point, int reduce3, int conv3, int reduce5, int conv5, int pool) {
    Tower on(Tower net, String name) {
      return net.module(
          name,
          List.of(
              t -> t.conv(point, 1),
              t -> t.conv(reduce3, 1).conv(conv3, 3),
              t -> t.conv(reduce5, 1).conv(conv5, 3),
              t -> t.maxPool(Kernel.of(3)).conv(pool, 1)));
    }
  }

  private InceptionV1() {}

  static List<ZooModel> models() {
    return List.of(
        Classifier.model(NAME, List.of("googlenet"), "Inception", RESOLUTION, InceptionV1::graph));
  }

  private static Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(NAME, options.arithmetic());
    Kernel halving = Kernel.of(3).stride(2);
    Tower x =
        Tower.on(net, Classifier.image(net, options))
            .conv(64, Kernel.of(7).stride(2))
            .maxPool(halving)
            .conv(64, 1)
            .conv(192, 3)
            .maxPool(halving);
    x = new Mixed(64, 96, 128, 16, 32, 32).on(x, "mixed3a");
    x = new Mixed(128, 128, 192, 32, 96, 64).on(x, "mixed3b").maxPool(halving);
    x = new Mixed(192, 96, 208, 16, 48, 64).on(x, "mixed4a");
    x = new Mixed(160, 112, 224, 24, 64, 64).on(x, "mixed4b");
    x = new Mixed(128, 128, 256, 24, 64, 64).on(x, "mixed4c");
    x = new Mixed(112, 144, 288, 32, 64, 64).on(x, "mixed4d");
    x = new Mixed(256, 160, 320, 32, 128, 128).on(x, "mixed4e").maxPool(Kernel.of(2).stride(2));
    x = new Mixed(256, 160, 320, 32, 128, 128).on(x, "mixed5a");
    x = new Mixed(384, 192, 384, 48, 128, 128).on(x, "mixed5b");
    return net.build(Classifier.pooledLogits(net, x.top(), options));
  }
}
