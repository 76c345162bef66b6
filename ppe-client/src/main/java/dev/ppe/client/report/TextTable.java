package dev.ppe.client.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows with aligned columns. One column has names: it gets what room the others leave, and its
 * texts are shortened to that. Where that is too little, optional columns go, the last one first.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final int width;
  private final String indent;
  private final List<Column> columns;
  private final int names;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A column.
   *
   * @param title above it
   * @param right whether its texts stand at the right, as figures do
   * @param optional whether a narrow table does without it
   * @param least for the column of names: fewer characters are too few; 0 for the others
   */
  public record Column(String title, boolean right, boolean optional, int least) {
    /** The column whose texts may be shortened, to {@code least} characters at least. */
    public static Column names(String title, int least) {
      return new Column(title, false, false, least);
    }

    /** Text. */
    public static Column left(String title) {
      return new Column(title, false, false, 0);
    }

    /** Figures. */
    public static Column right(String title) {
      return new Column(title, true, false, 0);
    }

    /** This column, where there is room for it. */
    public Column ifRoom() {
      return new Column(title, right, true, least);
    }
  }

  /** A table of {@code width} characters at most, as long as its figures leave room for names. */
  public TextTable(int width, String indent, List<Column> columns) {
    this.width = width;
    this.indent = indent;
    this.columns = List.copyOf(columns);
    this.names =
        IntStream.range(0, columns.size())
            .filter(column -> columns.get(column).least() > 0)
            .findFirst()
            .orElseThrow();
  }

  /** Adds a row. */
  public void row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.size(), columns.size()));
    }
    rows.add(cells.stream().map(Names::printable).toList());
  }

  /** Prints the titles and all rows. */
  public void print(PrintWriter out) {
    List<Integer> shown = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    int least = Math.min(need(names), columns.get(names).least());
    for (int i = columns.size() - 1; i >= 0 && room(shown) < least; i--) {
      if (columns.get(i).optional()) {
        shown.remove(Integer.valueOf(i));
      }
    }
    int room = Math.min(need(names), Math.max(room(shown), least));
    print(out, shown, room, columns.stream().map(Column::title).toList());
    rows.forEach(row -> print(out, shown, room, row));
  }

  /** What the other columns leave for names. */
  private int room(List<Integer> shown) {
    int others =
        shown.stream()
            .filter(column -> column != names)
            .mapToInt(column -> GAP.length() + need(column))
            .sum();
    return width - indent.length() - others;
  }

  private int need(int column) {
    return Math.max(
        columns.get(column).title().length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private void print(PrintWriter out, List<Integer> shown, int room, List<String> cells) {
    StringBuilder line = new StringBuilder(indent);
    for (int column : shown) {
      int size = column == names ? room : need(column);
      String cell = column == names ? Names.shorten(cells.get(column), size) : cells.get(column);
      String padding = " ".repeat(size - cell.length());
      line.append(line.length() == indent.length() ? "" : GAP)
          .append(columns.get(column).right() ? padding + cell : cell + padding);
    }
    out.println(line.toString().stripTrailing());
  }
}
