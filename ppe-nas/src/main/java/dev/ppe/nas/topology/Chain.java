package dev.ppe.nas.topology;

import dev.ppe.nas.space.Point;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.graph.Graph;
import java.util.List;

/**
 * A network whose layers stand one behind the other, each with figures that are formulas over the
 * point's parameters. Heads may go back to the last map of each level.
 *
 * @param resolution rows and columns of the image
 */
public record Chain(int resolution, List<ChainLayer> layers) implements Topology {
  public Chain {
    layers = List.copyOf(layers);
    if (resolution < 1 || resolution > 1 << 14) {
      throw new IllegalArgumentException(
          "the image has %d rows, must have 1 to %d".formatted(resolution, 1 << 14));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("the network has no layers");
    }
  }

  @Override
  public Graph graph(Point point, String name) {
    GraphBuilder net = GraphBuilder.named(name, Arithmetic.INT8);
    ChainWriter writer = new ChainWriter(net, resolution);
    for (ChainLayer layer : layers) {
      if (layer.isThere(point.values())) {
        writer.write(new LayerFields(layer, point.values()));
      }
    }
    return writer.build();
  }
}
