package dev.ppe.client.report;

import dev.ppe.client.report.Network.Operation;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.simulator.graph.Graph;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Networks for people: a line of totals, then a row an operator. */
public final class NetworkTable implements NetworkWriter {
  private static final List<Column> FIGURES =
      List.of(
          Column.left("kind"),
          Column.left("input").ifRoom(),
          Column.left("output"),
          Column.left("type"),
          Column.right("MACs"),
          Column.right("parameters"));
  private static final int SHOWN_TENSORS = 3;
  private static final int SHOWN_SHAPES = 1;

  private final PrintWriter out;
  private final int width;
  private boolean first = true;

  /** Writes to {@code out}, with so many characters in a line. */
  public NetworkTable(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void write(Graph graph) {
    Network network = Network.of(graph);
    if (!first) {
      out.println();
    }
    first = false;
    Paragraph.pieces(
        out,
        width,
        "",
        "   ",
        List.of(
            Names.shorten(network.name(), width),
            list(network.inputs(), SHOWN_TENSORS) + " -> " + list(network.outputs(), SHOWN_TENSORS),
            Units.COUNT.format(network.macs()) + " MACs",
            Units.COUNT.format(network.parameters()) + " parameters",
            network.operators().size() + " operators"));
    out.println();
    CommonPath path = CommonPath.of(network.operators().stream().map(Operation::name).toList());
    List<Column> columns = new ArrayList<>();
    columns.add(path.column("operator", "operator in"));
    columns.addAll(FIGURES);
    TextTable table = new TextTable(width, " ", columns);
    network.operators().forEach(operation -> table.row(cells(operation, path)));
    table.print(out);
  }

  private static List<String> cells(Operation operation, CommonPath path) {
    List<String> cells = new ArrayList<>();
    cells.add(path.strip(operation.name()));
    cells.add(Names.shorten(operation.kind(), 24));
    cells.add(list(operation.inputs(), SHOWN_SHAPES));
    cells.add(list(operation.outputs(), SHOWN_SHAPES));
    cells.add(operation.type());
    cells.add(count(operation.macs()));
    cells.add(count(operation.parameters()));
    return cells;
  }

  private static String count(long number) {
    return number == 0 ? "-" : Units.COUNT.format(number);
  }

  private static String list(List<String> texts, int most) {
    return texts.size() <= most
        ? String.join(", ", texts)
        : String.join(", ", texts.subList(0, most)) + " +%d".formatted(texts.size() - most);
  }
}
