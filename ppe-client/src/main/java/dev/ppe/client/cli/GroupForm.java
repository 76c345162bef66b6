package dev.ppe.client.cli;

import dev.ppe.simulator.format.export.PortableGroups;
import dev.ppe.simulator.graph.Graph;
import java.util.Locale;

/** How group convolutions are written. */
public enum GroupForm {
  NATIVE,
  PORTABLE;

  /** The graph in this form. */
  public Graph of(Graph graph) {
    return switch (this) {
      case NATIVE -> graph;
      case PORTABLE -> PortableGroups.expand(graph);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
