package dev.ppe.client.report.explain;

import dev.ppe.client.report.CommonPath;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A table of rows with positions and names. Where there are more than are to be shown, it is the
 * most important ones, in their order, and the others are counted.
 *
 * @param <T> what a row is about
 * @param what a row is about, in one word and in its plural
 * @param name of a row
 * @param importance of a row: the largest are shown
 * @param columns but for position and name
 * @param cells of a row, below them
 */
record Section<T>(
    String what,
    String plural,
    Function<T, String> name,
    Comparator<T> importance,
    List<Column> columns,
    Function<T, List<String>> cells) {
  Section {
    columns = List.copyOf(columns);
  }

  /** Prints {@code most} of the rows. */
  void print(PrintWriter out, int width, List<T> rows, int most) {
    if (rows.isEmpty()) {
      return;
    }
    CommonPath path = CommonPath.of(rows.stream().map(name).toList());
    List<Column> all = new ArrayList<>(List.of(Column.right("#"), path.column(what, what + " in")));
    all.addAll(columns);
    TextTable table = new TextTable(width, " ", all);
    List<Integer> shown = shown(rows, most);
    for (int index : shown) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(index));
      row.add(path.strip(name.apply(rows.get(index))));
      row.addAll(cells.apply(rows.get(index)));
      table.row(row);
    }
    int others = rows.size() - shown.size();
    if (others > 0) {
      List<String> row = new ArrayList<>(Collections.nCopies(all.size(), ""));
      row.set(1, "%d other %s".formatted(others, others == 1 ? what : plural));
      table.row(row);
    }
    out.println();
    table.print(out);
  }

  private List<Integer> shown(List<T> rows, int most) {
    return IntStream.range(0, rows.size())
        .boxed()
        .sorted(Comparator.<Integer, T>comparing(rows::get, importance.reversed()))
        .limit(most)
        .sorted()
        .toList();
  }
}
