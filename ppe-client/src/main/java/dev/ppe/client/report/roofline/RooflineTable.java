package dev.ppe.client.report.roofline;

import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.client.report.CommonPath;
import dev.ppe.client.report.Paragraph;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.report.roofline.Level;
import dev.ppe.report.roofline.Roofline;
import dev.ppe.report.roofline.Roofline.Point;
import dev.ppe.report.roofline.Roofline.Reach;
import dev.ppe.v1.Accelerator;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** For people: the roofs, a plot of the layers under them, and the slowest layers in figures. */
public final class RooflineTable implements AnswerWriter {
  private static final int KIND_WIDTH = 18;

  private final PrintWriter out;
  private final int width;
  private final int most;
  private final Accelerator accelerator;
  private boolean written;

  /**
   * Prints lines of {@code width} characters.
   *
   * @param most how many of the slowest layers are shown in figures
   * @param accelerator that answers are about
   */
  public RooflineTable(PrintWriter out, int width, int most, Accelerator accelerator) {
    this.out = out;
    this.width = width;
    this.most = most;
    this.accelerator = accelerator;
  }

  @Override
  public void write(Answer answer) {
    if (written) {
      out.println();
    }
    written = true;
    Roofline roofline = Roofline.of(answer.response(), accelerator);
    out.printf(
        "%s on %s%n",
        Names.shorten(roofline.model(), width), Names.printable(roofline.accelerator()));
    List<String> roofs = new ArrayList<>();
    roofs.add("peak %s%s".formatted(rate(roofline.peak()), roofline.host() ? " of the host" : ""));
    roofline
        .ways()
        .forEach(
            way ->
                roofs.add(
                    "%s %s"
                        .formatted(
                            way.level().text(), Units.BANDWIDTH.format(way.bytesPerSecond()))));
    Paragraph.pieces(out, width, " roofs      ", "   ", roofs);
    if (roofline.points().isEmpty()) {
      out.printf(
          " no layer on the %s has multiply-accumulates%n",
          roofline.host() ? "host" : "accelerator");
      return;
    }
    out.println();
    if (!roofline.ways().isEmpty()) {
      new RooflinePlot(roofline, width).print(out);
      out.println();
    }
    layers(roofline);
  }

  private void layers(Roofline roofline) {
    CommonPath path = CommonPath.of(roofline.points().stream().map(Point::name).toList());
    List<Point> shown =
        roofline.points().stream()
            .sorted(Comparator.comparingDouble(Point::micros).reversed())
            .limit(most)
            .toList();
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                path.column("slowest layers", "slowest in"),
                Column.left("kind").ifRoom(),
                Column.right("time"),
                Column.right("MACs"),
                Column.right("MACs/byte"),
                Column.right("attained"),
                Column.right("roof"),
                Column.right("share"),
                Column.left("lowest roof")));
    shown.forEach(point -> row(table, path.strip(point.name()), point, roofline.peak()));
    roofline.whole().ifPresent(whole -> row(table, whole.name(), whole, roofline.peak()));
    table.print(out);
    if (roofline.others() > 0) {
      out.printf(
          " %d more %s no multiply-accumulates%s%n",
          roofline.others(),
          roofline.others() == 1 ? "layer has" : "layers have",
          roofline.host() ? "" : ", or the host runs them");
    }
  }

  private static void row(TextTable table, String name, Point point, double peak) {
    table.row(
        List.of(
            name,
            Names.shorten(point.kind(), KIND_WIDTH),
            Units.TIME.format(point.micros()),
            Units.COUNT.format(point.macs()),
            point.reaches().isEmpty() ? "-" : intensity(point.reaches().getFirst()),
            rate(point.attained()),
            rate(point.roof()),
            Units.percent(point.share()),
            point.boundBy(peak).map(Level::text).orElse("peak")));
  }

  private static String intensity(Reach reach) {
    double value = reach.intensity();
    if (value >= 99.95) {
      return Units.COUNT.format(value);
    }
    return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : "%.1f", value);
  }

  private static String rate(double macsPerSecond) {
    return Units.COUNT.format(macsPerSecond) + "MAC/s";
  }
}
