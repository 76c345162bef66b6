package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.SpaghettiLayer;
import java.util.List;

/**
 * A node of SpaghettiNet.
 *
 * @param channels of its layers and its result
 * @param level of its result
 * @param sources names of the nodes it reads
 * @param layers behind the merge of its sources
 */
public record SpaghettiNode(
    String name, int channels, int level, List<String> sources, List<SpaghettiLayer> layers) {

  public SpaghettiNode {
    sources = List.copyOf(sources);
    layers = List.copyOf(layers);
  }
}
