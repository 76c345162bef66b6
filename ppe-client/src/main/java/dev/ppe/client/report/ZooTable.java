package dev.ppe.client.report;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Units;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.io.PrintWriter;
import java.util.List;

/** The built-in networks, a row each, and what other names there are. */
public final class ZooTable {
  private ZooTable() {}

  /** Prints the table. */
  public static void print(PrintWriter out, int width) {
    // A name is what people type: none is shortened.
    int longest = Zoo.models().stream().mapToInt(model -> model.name().length()).max().orElse(1);
    List<Column> columns =
        List.of(
            Column.names("network", longest),
            Column.right("input"),
            Column.right("MACs"),
            Column.right("parameters"),
            Column.right("operators"),
            Column.left("family"),
            Column.left("what it does"));
    TextTable table = new TextTable(width, "", columns);
    for (ZooModel model : Zoo.models()) {
      Graph graph = model.graph();
      table.row(
          List.of(
              model.name(),
              input(model.defaults()),
              Units.COUNT.format(Workload.macs(graph)),
              Units.COUNT.format(Workload.parameters(graph)),
              Integer.toString(graph.nodes().size()),
              model.family(),
              model.description()));
    }
    table.print(out);
    out.println();
    Zoo.OTHER_NAMES.forEach(out::println);
  }

  private static String input(ModelOptions options) {
    return options.resolution() == ModelOptions.NONE
        ? options.sequenceLength() + " tokens"
        : "%1$dx%1$dx3".formatted(options.resolution());
  }
}
