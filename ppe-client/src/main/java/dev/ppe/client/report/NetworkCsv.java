package dev.ppe.client.report;

import dev.ppe.client.report.Network.Operation;
import dev.ppe.simulator.graph.Graph;
import java.io.PrintWriter;
import java.util.List;

/** A row an operator; several shapes in a cell stand a space apart. */
public final class NetworkCsv implements NetworkWriter {
  private static final List<String> HEADER =
      List.of(
          "model_name",
          "operator",
          "name",
          "kind",
          "inputs",
          "outputs",
          "type",
          "macs",
          "parameters");

  private final PrintWriter out;

  /** Writes to {@code out}. */
  public NetworkCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin() {
    Csv.print(out, HEADER);
  }

  @Override
  public void write(Graph graph) {
    Network network = Network.of(graph);
    for (int i = 0; i < network.operators().size(); i++) {
      Operation operation = network.operators().get(i);
      Csv.print(
          out,
          List.of(
              network.name(),
              Integer.toString(i),
              operation.name(),
              operation.kind(),
              String.join(" ", operation.inputs()),
              String.join(" ", operation.outputs()),
              operation.type(),
              Long.toString(operation.macs()),
              Long.toString(operation.parameters())));
    }
  }
}
