package dev.ppe.nas.topology;

import dev.ppe.nas.space.Point;
import dev.ppe.simulator.builder.SpaghettiLayer;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.detection.SpaghettiNet;
import dev.ppe.simulator.zoo.detection.SpaghettiNode;
import java.util.ArrayList;
import java.util.List;

/**
 * SpaghettiNet's feature extractor in the released wiring: six nodes of a backbone, six of a head.
 * A node {@code n1} has {@code n1.channels} and the layers {@code n1.layer0} to {@code n1.layer3},
 * as many as are in use, such as {@code ibn_k3_e8}, {@code gc_e4_g4} and {@code sep_k5}.
 */
final class Spaghetti {
  private record Frame(String name, int level, List<String> sources) {}

  private static final int MAX_LAYERS = 4;
  private static final List<Frame> FRAMES =
      List.of(
          new Frame("n0", 2, List.of("s0")),
          new Frame("n1", 3, List.of("n0")),
          new Frame("n2", 4, List.of("n1")),
          new Frame("n3", 5, List.of("n2")),
          new Frame("n4", 6, List.of("n3")),
          new Frame("n5", 7, List.of("n4")),
          new Frame("c0n0", 5, List.of("n3", "n4")),
          new Frame("c0n1", 4, List.of("n2", "c0n0")),
          new Frame("c0n2", 5, List.of("c0n1", "c0n0")),
          new Frame("c0n3", 6, List.of("n5", "c0n0")),
          new Frame("c0n4", 7, List.of("n5", "c0n0")),
          new Frame("c0n5", 7, List.of("c0n4")));

  private Spaghetti() {}

  static Graph graph(Point point, String name) {
    List<SpaghettiNode> nodes = new ArrayList<>();
    for (Frame frame : FRAMES) {
      int channels = point.integer(frame.name() + ".channels");
      nodes.add(
          new SpaghettiNode(
              frame.name(), channels, frame.level(), frame.sources(), layers(point, frame)));
    }
    return new SpaghettiNet("candidate", nodes).extractor().graph().withName(name);
  }

  private static List<SpaghettiLayer> layers(Point point, Frame frame) {
    List<SpaghettiLayer> layers = new ArrayList<>();
    for (int i = 0; i < MAX_LAYERS; i++) {
      String parameter = "%s.layer%d".formatted(frame.name(), i);
      if (point.uses(parameter)) {
        layers.add(layer(point.text(parameter)));
      }
    }
    return layers;
  }

  private static SpaghettiLayer layer(String word) {
    return switch (word) {
      case "sep_k3" -> new SpaghettiLayer.Separable(3);
      case "sep_k5" -> new SpaghettiLayer.Separable(5);
      case "ibn_k3_e4" -> new SpaghettiLayer.Ibn(3, 4);
      case "ibn_k3_e8" -> new SpaghettiLayer.Ibn(3, 8);
      case "ibn_k5_e4" -> new SpaghettiLayer.Ibn(5, 4);
      case "ibn_k5_e8" -> new SpaghettiLayer.Ibn(5, 8);
      case "gc_e4_g4" -> new SpaghettiLayer.GroupConv(4, 4);
      case "gc_e8_g3" -> new SpaghettiLayer.GroupConv(8, 3);
      case "gc_e8_g4" -> new SpaghettiLayer.GroupConv(8, 4);
      default -> throw new IllegalArgumentException("there is no layer " + word);
    };
  }
}
