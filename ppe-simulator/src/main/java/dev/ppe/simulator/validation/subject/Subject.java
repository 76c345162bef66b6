package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.graph.Graph;

/** A row's network, or why there is none. */
public sealed interface Subject {
  /**
   * The network.
   *
   * @param origin where it is from, in a word or two: {@code file}, {@code zoo: vgg16}, {@code
   *     description}
   */
  record Found(Graph graph, String origin) implements Subject {}

  /**
   * No network.
   *
   * @param reason in one line
   */
  record Absent(String reason) implements Subject {}
}
