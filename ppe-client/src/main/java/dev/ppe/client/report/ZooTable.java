package dev.ppe.client.report;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.io.PrintWriter;
import java.util.List;

/** The built-in networks, a row each. */
public final class ZooTable {
  private ZooTable() {}

  /** Prints the table. */
  public static void print(PrintWriter out, int width) {
    // A name is what people type: none is shortened.
    int longest = Zoo.models().stream().mapToInt(model -> model.name().length()).max().orElse(1);
    List<Column> columns =
        List.of(
            Column.names("network", longest),
            Column.right("MACs"),
            Column.right("parameters"),
            Column.right("operators"),
            Column.left("what it is"));
    TextTable table = new TextTable(width, "", columns);
    for (ZooModel model : Zoo.models()) {
      Graph graph = model.graph();
      table.row(
          List.of(
              model.name(),
              Units.COUNT.format(Workload.macs(graph)),
              Units.COUNT.format(Workload.parameters(graph)),
              Integer.toString(graph.nodes().size()),
              model.description()));
    }
    table.print(out);
  }
}
