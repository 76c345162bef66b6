package dev.ppe.client.report;

import dev.ppe.report.answer.Names;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows with aligned columns. One column has names: it gets what room the others leave, and its
 * texts are shortened to that. Where that is too little, optional columns go, the last one first.
 * Sentences in the last column go on below where there is no room beside.
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final int LEAST_SENTENCE = 32;

  private final int width;
  private final String indent;
  private final List<Column> columns;
  private final int names;
  private final List<List<String>> rows = new ArrayList<>();

  /** How a column's texts stand. */
  public enum Style {
    LEFT,
    RIGHT,
    SENTENCES
  }

  /**
   * A column.
   *
   * @param title above it
   * @param style how its texts stand
   * @param optional whether a narrow table does without it
   * @param least for the column of names: fewer characters are too few; 0 for the others
   */
  public record Column(String title, Style style, boolean optional, int least) {
    /** The column whose texts may be shortened, to {@code least} characters at least. */
    public static Column names(String title, int least) {
      return new Column(title, Style.LEFT, false, least);
    }

    /** Text. */
    public static Column left(String title) {
      return new Column(title, Style.LEFT, false, 0);
    }

    /** Figures. */
    public static Column right(String title) {
      return new Column(title, Style.RIGHT, false, 0);
    }

    /** The last column, if its texts are to be broken between words. */
    public static Column sentences(String title) {
      return new Column(title, Style.SENTENCES, false, 0);
    }

    /** This column, where there is room for it. */
    public Column ifRoom() {
      return new Column(title, style, true, least);
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
    int[] needs = IntStream.range(0, columns.size()).map(this::need).toArray();
    int[] sizes = needs.clone();
    int last = columns.size() - 1;
    boolean sentences = columns.get(last).style() == Style.SENTENCES;
    if (sentences) {
      sizes[last] = Math.min(needs[last], LEAST_SENTENCE);
    }
    int least = Math.min(needs[names], columns.get(names).least());
    for (int i = last; i >= 0 && room(names, shown, sizes) < least; i--) {
      if (columns.get(i).optional()) {
        shown.remove(Integer.valueOf(i));
      }
    }
    sizes[names] = Math.min(needs[names], Math.max(room(names, shown, sizes), least));
    if (sentences) {
      sizes[last] = Math.min(needs[last], Math.max(room(last, shown, sizes), sizes[last]));
    }
    print(out, shown, sizes, columns.stream().map(Column::title).toList());
    rows.forEach(row -> print(out, shown, sizes, row));
  }

  /** What the others leave for a column. */
  private int room(int column, List<Integer> shown, int[] sizes) {
    int others =
        shown.stream().filter(i -> i != column).mapToInt(i -> GAP.length() + sizes[i]).sum();
    return width - indent.length() - others;
  }

  private int need(int column) {
    return Math.max(
        columns.get(column).title().length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private void print(PrintWriter out, List<Integer> shown, int[] sizes, List<String> cells) {
    StringBuilder line = new StringBuilder(indent);
    for (int column : shown) {
      line.append(line.length() == indent.length() ? "" : GAP);
      String cell = cells.get(column);
      switch (columns.get(column).style()) {
        case LEFT -> {
          String text = column == names ? Names.shorten(cell, sizes[column]) : cell;
          line.append(text).append(" ".repeat(sizes[column] - text.length()));
        }
        case RIGHT -> line.append(" ".repeat(sizes[column] - cell.length())).append(cell);
        case SENTENCES -> {
          Paragraph.sentence(out, line.length() + sizes[column], line.toString(), cell);
          return; // the last column
        }
      }
    }
    out.println(line.toString().stripTrailing());
  }
}
