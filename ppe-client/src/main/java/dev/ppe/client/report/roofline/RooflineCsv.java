package dev.ppe.client.report.roofline;

import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.client.report.Csv;
import dev.ppe.report.roofline.Roofline;
import dev.ppe.report.roofline.Roofline.Point;
import dev.ppe.report.roofline.Roofline.Reach;
import dev.ppe.v1.Accelerator;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** For spreadsheets: a record for each layer and each way that its bytes take. */
public final class RooflineCsv implements AnswerWriter {
  private static final List<String> HEADER =
      List.of(
          "model_name",
          "accelerator",
          "layer",
          "kind",
          "macs",
          "us",
          "macs_per_second",
          "level",
          "bytes",
          "macs_per_byte",
          "roof_macs_per_second",
          "lowest");

  private final PrintWriter out;
  private final Accelerator accelerator;

  /**
   * Prints to {@code out}.
   *
   * @param accelerator that answers are about
   */
  public RooflineCsv(PrintWriter out, Accelerator accelerator) {
    this.out = out;
    this.accelerator = accelerator;
  }

  @Override
  public void begin() {
    Csv.print(out, HEADER);
  }

  @Override
  public void write(Answer answer) {
    Roofline roofline = Roofline.of(answer.response(), accelerator);
    for (Point point : roofline.points()) {
      if (point.reaches().isEmpty()) { // the peak alone is known
        write(roofline, point, List.of("", "", "", Double.toString(point.roof()), "true"));
      }
      for (Reach reach : point.reaches()) {
        write(
            roofline,
            point,
            List.of(
                reach.level().id(),
                Long.toString(reach.bytes()),
                Double.toString(reach.intensity()),
                Double.toString(reach.roof()),
                Boolean.toString(reach.equals(point.reaches().getFirst()))));
      }
    }
  }

  private void write(Roofline roofline, Point point, List<String> way) {
    List<String> record =
        new ArrayList<>(
            List.of(
                roofline.model(),
                roofline.accelerator(),
                point.name(),
                point.kind(),
                Long.toString(point.macs()),
                Double.toString(point.micros()),
                Double.toString(point.attained())));
    record.addAll(way);
    Csv.print(out, record);
  }
}
