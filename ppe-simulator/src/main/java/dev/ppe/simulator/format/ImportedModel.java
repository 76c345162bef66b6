package dev.ppe.simulator.format;

import dev.ppe.simulator.graph.Graph;
import java.util.List;

/**
 * A model that was read.
 *
 * @param graph the network, verified
 * @param notes what a person should know about how it was read, one sentence each; mostly empty
 */
public record ImportedModel(Graph graph, List<String> notes) {
  public ImportedModel {
    notes = List.copyOf(notes);
  }
}
