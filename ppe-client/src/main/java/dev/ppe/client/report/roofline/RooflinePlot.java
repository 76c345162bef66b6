package dev.ppe.client.report.roofline;

import dev.ppe.client.report.Paragraph;
import dev.ppe.report.answer.Units;
import dev.ppe.report.roofline.Roofline;
import dev.ppe.report.roofline.Roofline.Point;
import dev.ppe.report.roofline.Roofline.Reach;
import dev.ppe.report.roofline.Roofline.Way;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Layers under their roofs, both axes logarithmic: small letters are roofs, a letter a way, and
 * dashes the peak; capital letters are layers, each on the way whose roof is lowest for it, {@code
 * C} where that is the peak. Of layers in one place the slowest is seen.
 */
final class RooflinePlot {
  private static final int MARGIN = 14;
  private static final int ROWS = 18;
  private static final int MOST_COLUMNS = 84;
  private static final char COMPUTE = 'C';

  private final Roofline roofline;
  private final int columns;
  private final double left;
  private final double right;
  private final double bottom;
  private final double top;
  private final char[][] cells;

  RooflinePlot(Roofline roofline, int width) {
    this.roofline = roofline;
    this.columns = Math.min(MOST_COLUMNS, width - MARGIN);
    double[] xs = roofline.points().stream().mapToDouble(point -> x(point)).toArray();
    double[] ridges =
        roofline.ways().stream()
            .mapToDouble(way -> Math.log10(roofline.peak() / way.bytesPerSecond()))
            .toArray();
    this.left = Math.floor(Math.min(least(xs), least(ridges)));
    this.right = Math.max(left + 1, Math.ceil(Math.max(most(xs), most(ridges))));
    this.top = Math.log10(roofline.peak());
    this.bottom =
        Math.min(
            top - 1,
            Math.floor(
                roofline.points().stream()
                    .mapToDouble(point -> Math.log10(point.attained()))
                    .min()
                    .orElse(top)));
    this.cells = new char[ROWS][columns];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElse(0);
  }

  private static double most(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }

  void print(PrintWriter out) {
    roofline.ways().forEach(this::roof);
    Arrays.fill(cells[0], 0, columns, '-');
    roofline.points().stream()
        .sorted(Comparator.comparingDouble(Point::micros))
        .forEach(this::mark);
    for (int row = 0; row < ROWS; row++) {
      out.println((label(row) + "|" + new String(cells[row])).stripTrailing());
    }
    out.println(" ".repeat(MARGIN - 1) + "+" + "-".repeat(columns));
    out.println(axis().stripTrailing());
    Paragraph.sentence(out, MARGIN + columns, " ".repeat(MARGIN), legend());
  }

  private String legend() {
    return "MACs a byte; "
        + roofline.ways().stream()
            .map(way -> "%c %s".formatted(way.level().letter(), way.level().text()))
            .collect(Collectors.joining(", "))
        + "; capitals are layers, C at the peak";
  }

  private void roof(Way way) {
    for (int column = 0; column < columns; column++) {
      double y = x(column) + Math.log10(way.bytesPerSecond());
      if (y <= top) {
        set(column, y, way.level().letter());
      }
    }
  }

  private void mark(Point point) {
    char letter =
        point
            .boundBy(roofline.peak())
            .map(level -> Character.toUpperCase(level.letter()))
            .orElse(COMPUTE);
    int column = (int) Math.round((x(point) - left) / (right - left) * (columns - 1));
    set(column, Math.min(top, Math.log10(point.attained())), letter);
  }

  private static double x(Point point) {
    List<Reach> reaches = point.reaches();
    return reaches.isEmpty() ? 0 : Math.log10(reaches.getFirst().intensity());
  }

  private double x(int column) {
    return left + (right - left) * column / (columns - 1);
  }

  private void set(int column, double y, char letter) {
    int row = (int) Math.round((top - y) / (top - bottom) * (ROWS - 1));
    if (row >= 0 && row < ROWS) {
      cells[row][column] = letter;
    }
  }

  /** At the top the peak, and below every quarter of the height. */
  private String label(int row) {
    if (row % 6 != 0 && row != ROWS - 1) {
      return " ".repeat(MARGIN - 1);
    }
    double y = top - (top - bottom) * row / (ROWS - 1);
    return "%12s ".formatted(Units.COUNT.format(Math.pow(10, y)) + "MAC/s");
  }

  /** Powers of ten where they lie. */
  private String axis() {
    StringBuilder line = new StringBuilder(" ".repeat(MARGIN));
    for (int power = (int) left; power <= right; power++) {
      int column = (int) Math.round((power - left) / (right - left) * (columns - 1));
      String text =
          power < 0
              ? String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power))
              : Units.COUNT.format(Math.pow(10, power));
      int place = MARGIN + Math.min(column, columns - text.length());
      if (place >= line.length()) {
        line.append(" ".repeat(place - line.length())).append(text);
      }
    }
    return line.toString();
  }
}
