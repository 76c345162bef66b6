package dev.ppe.nas.cli;

import com.google.gson.JsonObject;
import dev.ppe.client.cli.Format;
import dev.ppe.client.cli.TextWidth;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.report.Csv;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.nas.cost.Accuracy;
import dev.ppe.nas.cost.ModelKind;
import dev.ppe.nas.cost.Predictor;
import dev.ppe.nas.cost.Sample;
import dev.ppe.nas.cost.Samples;
import dev.ppe.nas.objective.Metric;
import dev.ppe.report.answer.Units;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How well cost models predict samples that they did not learn from. */
record AccuracyTable(PrintWriter out) {
  /**
   * A line.
   *
   * @param samples that the model learned from
   */
  record Row(Metric metric, ModelKind kind, int samples, Accuracy accuracy) {}

  /**
   * The line of a model.
   *
   * @param samples whose held-out part it is checked with
   * @throws UsageException if too few are held out
   */
  static Row row(Metric metric, ModelKind kind, int learned, Predictor predictor, Samples samples) {
    List<Sample> heldOut = samples.heldOut();
    double[] truth = heldOut.stream().mapToDouble(each -> each.metrics().get(metric)).toArray();
    double[] predicted =
        heldOut.stream().mapToDouble(each -> predictor.predict(each.point())).toArray();
    try {
      return new Row(metric, kind, learned, Accuracy.of(truth, predicted));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  void write(Format format, List<Row> rows) {
    switch (format) {
      case TABLE -> table(rows);
      case CSV -> csv(rows);
      case JSON -> rows.forEach(row -> out.print(json(row) + "\n"));
    }
    out.flush();
  }

  private void table(List<Row> rows) {
    rows.stream()
        .findFirst()
        .ifPresent(
            row -> out.printf("checked with %d samples held out%n%n", row.accuracy().count()));
    TextTable table =
        new TextTable(
            TextWidth.get(),
            " ",
            List.of(
                Column.names("metric", 7),
                Column.left("model"),
                Column.right("samples"),
                Column.right("RMSE"),
                Column.right("mean error"),
                Column.right("R2"),
                Column.right("Spearman"),
                Column.right("Kendall"),
                Column.right("within 5 %"),
                Column.right("within 10 %")));
    for (Row row : rows) {
      Accuracy accuracy = row.accuracy();
      table.row(
          List.of(
              row.metric().word(),
              row.kind().word(),
              Integer.toString(row.samples()),
              StudyTable.figure(row.metric(), accuracy.rmse()),
              text("%.2f %%", 100 * accuracy.mape()),
              text("%.4f", accuracy.r2()),
              text("%.4f", accuracy.spearman()),
              text("%.4f", accuracy.kendall()),
              Units.percent(accuracy.within5()),
              Units.percent(accuracy.within10())));
    }
    table.print(out);
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void csv(List<Row> rows) {
    Csv.print(
        out,
        List.of(
            "metric",
            "model",
            "samples",
            "held_out",
            "rmse",
            "mape",
            "r2",
            "spearman",
            "kendall",
            "within_5_percent",
            "within_10_percent"));
    for (Row row : rows) {
      Accuracy accuracy = row.accuracy();
      Csv.print(
          out,
          List.of(
              row.metric().word(),
              row.kind().word(),
              Integer.toString(row.samples()),
              Integer.toString(accuracy.count()),
              Double.toString(accuracy.rmse()),
              Double.toString(accuracy.mape()),
              Double.toString(accuracy.r2()),
              Double.toString(accuracy.spearman()),
              Double.toString(accuracy.kendall()),
              Double.toString(accuracy.within5()),
              Double.toString(accuracy.within10())));
    }
  }

  private static JsonObject json(Row row) {
    Accuracy accuracy = row.accuracy();
    JsonObject json = new JsonObject();
    json.addProperty("metric", row.metric().word());
    json.addProperty("model", row.kind().word());
    json.addProperty("samples", row.samples());
    json.addProperty("held_out", accuracy.count());
    json.addProperty("rmse", accuracy.rmse());
    json.addProperty("mape", accuracy.mape());
    json.addProperty("r2", accuracy.r2());
    json.addProperty("spearman", accuracy.spearman());
    json.addProperty("kendall", accuracy.kendall());
    json.addProperty("within_5_percent", accuracy.within5());
    json.addProperty("within_10_percent", accuracy.within10());
    return json;
  }
}
