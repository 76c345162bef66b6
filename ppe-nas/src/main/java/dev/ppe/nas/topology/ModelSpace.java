package dev.ppe.nas.topology;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.simulator.graph.Graph;

/**
 * A family of networks to search in.
 *
 * @param name lower case, with hyphens
 * @param description for people, a line
 * @param space what may be chosen
 * @param topology what the choices make
 */
public record ModelSpace(String name, String description, SearchSpace space, Topology topology) {

  /** The network of a point; errors as {@link Topology#graph}. */
  public Graph graph(Point point) {
    return topology.graph(point, name);
  }

  /** The same family with fewer points. */
  public ModelSpace with(SearchSpace other) {
    return new ModelSpace(name, description, other, topology);
  }
}
