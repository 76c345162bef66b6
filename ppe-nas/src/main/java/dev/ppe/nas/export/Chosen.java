package dev.ppe.nas.export;

import dev.ppe.nas.study.Trial;
import dev.ppe.simulator.graph.Graph;
import java.util.List;

/**
 * A trial that is exported.
 *
 * @param graph its network
 * @param files that hold it
 */
record Chosen(Trial trial, Graph graph, List<ExportedFile> files) {
  Chosen {
    files = List.copyOf(files);
  }
}
