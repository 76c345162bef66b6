package dev.ppe.nas.yaml;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.topology.BuiltInTopology;
import dev.ppe.nas.topology.Chain;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.topology.Topology;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.util.SplittableRandom;

/**
 * Reads the description of a space:
 *
 * <pre>{@code
 * name: tiny
 * description: two stages of bottlenecks
 * image: 96
 * body:
 *   - {parameter: channels, one_of: [16, 24, 32]}
 *   - {layer: conv, name: stem, kernel: 3, stride: 2, channels: 16, activation: relu}
 *   - repeat: b
 *     times: {from: 1, to: 3}
 *     body:
 *       - {parameter: kind, one_of: [depthwise, fused, gc]}
 *       - {parameter: group_size, one_of: [32, 64], when: "kind == 'gc'"}
 *       - {layer: bottleneck, kind: kind, expansion: 4, channels: channels,
 *          group_size: group_size, stride: "index == 0 ? 2 : 1"}
 *   - {layer: global_pool}
 *   - {layer: dense, units: 10}
 * }</pre>
 */
public final class SpaceReader {
  /** So many points are tried out: one of them must be a network. */
  private static final int PROBES = 20;

  private SpaceReader() {}

  /**
   * The space of a text.
   *
   * @param source what messages begin with, for example the file's name
   * @throws SpaceFormatException naming source, line and field
   */
  public static ModelSpace read(String source, String text) {
    YamlNode root = YamlTree.read(source, text);
    String name = root.field("name").text();
    if (!name.matches("[a-z0-9][a-z0-9-]{0,59}")) {
      throw root.field("name")
          .fault("is \"%s\", must be small letters, digits and hyphens".formatted(name));
    }
    String description = root.field("description").text().strip();
    BodyReader body = new BodyReader();
    body.read(root.field("body"), Block.OUTERMOST);
    body.requireAllUsed();
    try {
      SearchSpace space = body.space().build();
      ModelSpace result = new ModelSpace(name, description, space, topology(root, body));
      root.requireAllRead();
      probe(result);
      return result;
    } catch (IllegalArgumentException e) {
      throw root.fault(e);
    }
  }

  private static Topology topology(YamlNode root, BodyReader body) {
    if (!root.has("topology")) {
      return new Chain(root.field("image").integer(1, 1 << 14), body.layers());
    }
    YamlNode word = root.field("topology");
    if (!body.layers().isEmpty()) {
      throw word.fault("is given, and layers too: must be one or the other");
    }
    return BuiltInTopology.of(word.text())
        .orElseThrow(
            () ->
                word.fault(
                    "there is no topology \"%s\", only %s"
                        .formatted(word.text(), BuiltInTopology.words())));
  }

  /** Finds what is wrong with a topology before a search does. */
  private static void probe(ModelSpace space) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < PROBES; i++) {
      Point point = space.space().sample(random);
      try {
        space.graph(point);
        return;
      } catch (GraphException | GraphTooLargeException e) {
        if (i == PROBES - 1) {
          throw new IllegalArgumentException(
              "none of %d points is a network; the last one: %s".formatted(PROBES, e.getMessage()),
              e);
        }
      }
    }
  }
}
