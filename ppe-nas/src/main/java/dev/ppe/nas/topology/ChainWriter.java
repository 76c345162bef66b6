package dev.ppe.nas.topology;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.FeatureMaps;
import dev.ppe.simulator.zoo.detection.SsdHead;
import dev.ppe.simulator.zoo.segmentation.BiFpnHead;
import dev.ppe.simulator.zoo.segmentation.ClassMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the layers of a {@link Chain} at one point. */
final class ChainWriter {
  private final GraphBuilder net;
  private final int resolution;
  private final SortedMap<Integer, Value> levels = new TreeMap<>();
  private List<Value> results;

  ChainWriter(GraphBuilder net, int resolution) {
    this(net, resolution, net.input("image", 1, resolution, resolution, 3));
  }

  private ChainWriter(GraphBuilder net, int resolution, Value input) {
    this.net = net;
    this.resolution = resolution;
    results = List.of(input);
  }

  /** Layers that read an input of this shape in the place of an image. */
  static ChainWriter of(GraphBuilder net, List<Integer> shape) {
    int[] dimensions = shape.stream().mapToInt(Integer::intValue).toArray();
    Value input = net.input("input", dimensions);
    return new ChainWriter(net, input.isFeatureMap() ? input.height() : 1, input);
  }

  void write(LayerFields fields) {
    ChainLayer layer = fields.layer();
    if (results.size() != 1) {
      throw new IllegalArgumentException(
          "layer %s stands behind a head that has several results".formatted(layer.name()));
    }
    Value x = results.getFirst();
    GraphBuilder scope = net.scope(layer.name());
    results =
        switch (layer.kind()) {
          case CONV -> List.of(conv(scope, x, fields));
          case BOTTLENECK -> List.of(BottleneckWriter.write(scope, x, fields));
          case GLOBAL_POOL -> List.of(scope.globalAveragePool("pool", x));
          case DENSE ->
              List.of(
                  scope.fullyConnected(
                      "fully-connected",
                      x,
                      fields.integer("units"),
                      fields.word("activation", Activation.class, Activation.NONE)));
          case SOFTMAX -> List.of(scope.softmax("softmax", x));
          case SQUEEZE -> List.of(scope.squeeze("squeeze", x, 1, 2));
          case SSDLITE -> detections(scope, fields);
          case BIFPN -> List.of(pyramid(scope, fields));
          case ARGMAX -> List.of(new ClassMap.ArgMax().write(scope, x, resolution));
        };
    note(results.getFirst());
  }

  private static Value conv(GraphBuilder net, Value x, LayerFields fields) {
    Kernel kernel = Kernel.of(fields.integer("kernel", 1)).stride(fields.integer("stride", 1));
    return net.groupConv(
        "conv" + kernel.size(),
        x,
        fields.integer("channels"),
        fields.integer("groups", 1),
        kernel,
        fields.word("activation", Nonlinearity.class, Nonlinearity.NONE));
  }

  private List<Value> detections(GraphBuilder net, LayerFields fields) {
    SsdHead head = new SsdHead(true, fields.integer("classes"));
    FeatureMaps maps = new FeatureMaps(levels);
    return List.of(head.detections(net, head.extend(net, List.of(maps.level(4), maps.level(5)))));
  }

  private Value pyramid(GraphBuilder net, LayerFields fields) {
    BiFpnHead head =
        new BiFpnHead(
            fields.integer("channels"),
            fields.integer("repeats"),
            fields.integer("min_level"),
            fields.integer("max_level"));
    return head.logits(net, new FeatureMaps(levels), fields.integer("classes"));
  }

  /** A map of level n has a position for every 2^n x 2^n pixels, where sizes are rounded up. */
  private void note(Value x) {
    if (x.isFeatureMap()) {
      int level = 0;
      for (int size = resolution; size > x.height(); size = (size + 1) / 2) {
        level++;
      }
      levels.put(level, x);
    }
  }

  Graph build() {
    return net.build(results.toArray(Value[]::new));
  }
}
