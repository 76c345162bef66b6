package dev.ppe.nas.topology;

import dev.ppe.nas.space.Point;
import dev.ppe.simulator.graph.Graph;

/** How the points of a space become networks. The same point gives the same network. */
@FunctionalInterface
public interface Topology {
  /**
   * The network of a point.
   *
   * @param name what the network is called
   * @throws dev.ppe.simulator.graph.GraphException if some layer does not fit the others: the point
   *     is no network
   * @throws IllegalArgumentException if the point lacks a parameter that the topology asks for
   */
  Graph graph(Point point, String name);
}
