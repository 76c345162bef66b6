package dev.ppe.client.report;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Memory;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Models that share a chip: what each has of the parameter memory, and whether it was worth it.
 * Compiled apart, every model has the memory for itself, but evicts the others' parameters: when
 * another one ran before, it uploads its own again.
 */
final class SharingTable {
  private static final List<Column> COLUMNS =
      List.of(
          Column.names("compiled together", 17),
          Column.right("cached"),
          Column.right("streamed"),
          Column.right("latency"),
          Column.right("alone").ifRoom(),
          Column.right("alone, after another"));

  /** A model among others and alone on the chip. */
  private record Row(EstimateResponse shared, EstimateResponse alone) {}

  private final List<Row> rows = new ArrayList<>();

  void add(EstimateResponse shared, EstimateResponse alone) {
    rows.add(new Row(shared, alone));
  }

  /** Prints all rows and their sum; nothing if there are none. */
  void print(PrintWriter out, int width) {
    if (rows.isEmpty()) {
      return;
    }
    TextTable table = new TextTable(width, "", COLUMNS);
    long cached = 0;
    long streamed = 0;
    double together = 0;
    double alone = 0;
    double switched = 0;
    for (Row row : rows) {
      Memory memory = row.shared().getMemory();
      cached += memory.getParamsCachedBytes();
      streamed += memory.getParamsStreamedBytes();
      together += row.shared().getLatencyUs();
      alone += row.alone().getLatencyUs();
      switched += row.alone().getFirstLatencyUs();
      table.row(
          cells(
              row.shared().getModelName(),
              memory.getParamsCachedBytes(),
              memory.getParamsStreamedBytes(),
              row.shared().getLatencyUs(),
              row.alone().getLatencyUs(),
              row.alone().getFirstLatencyUs()));
    }
    table.row(cells("each in turn", cached, streamed, together, alone, switched));
    out.println();
    table.print(out);
    Paragraph.sentence(out, width, " note  ", note(together, switched));
  }

  private static List<String> cells(
      String name, long cached, long streamed, double latency, double alone, double switched) {
    return List.of(
        name,
        Units.BYTES.format(cached),
        Units.BYTES.format(streamed),
        Units.TIME.format(latency),
        Units.TIME.format(alone),
        Units.TIME.format(switched));
  }

  private String note(double together, double switched) {
    boolean nothingShared =
        rows.stream().allMatch(row -> row.shared().getMemory().getParameterMemoryUsedBytes() == 0);
    if (nothingShared) {
      return "no parameters stay on the chip: there is nothing to share, and nothing to evict";
    }
    return "one inference of each in turn takes %s compiled together, %s compiled apart, where each"
            .formatted(Units.TIME.format(together), Units.TIME.format(switched))
        + " evicts the others' parameters";
  }
}
