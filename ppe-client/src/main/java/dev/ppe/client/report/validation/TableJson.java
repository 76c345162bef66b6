package dev.ppe.client.report.validation;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.validation.statistics.LinearFit;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.SummaryLine;
import dev.ppe.simulator.validation.table.TableReport;

/** Tables of measured rows. */
final class TableJson {
  private TableJson() {}

  /** A table with its summary and all rows. */
  static JsonObject of(TableReport report) {
    JsonObject object = new JsonObject();
    object.addProperty("table", report.table().id());
    object.addProperty("title", report.table().title());
    object.addProperty("met", report.met());
    object.add("summary", JsonObjects.array(report.summary(), TableJson::summary));
    object.add("rows", JsonObjects.array(report.rows(), row -> row(report, row)));
    object.add("skipped", JsonObjects.array(report.skipped(), TableJson::skipped));
    return object;
  }

  private static JsonObject summary(SummaryLine line) {
    JsonObject object = new JsonObject();
    object.addProperty("figure", line.quantity());
    object.addProperty("group", line.group());
    object.addProperty("rows", line.rows());
    object.add("model", AgreementJson.of(line.model()));
    object.add("naive", line.naive().<JsonElement>map(TableJson::naive).orElse(JsonNull.INSTANCE));
    object.add("targets", JsonObjects.array(line.verdicts(), AgreementJson::of));
    return object;
  }

  private static JsonObject naive(LinearFit fit) {
    JsonObject object = new JsonObject();
    object.add("constants", JsonObjects.array(fit.constants(), JsonPrimitive::new));
    object.add("fitted", AgreementJson.of(fit.fitted()));
    object.add("leftOut", AgreementJson.of(fit.leftOut()));
    return object;
  }

  private static JsonObject row(TableReport report, RowReport row) {
    JsonObject object = new JsonObject();
    object.addProperty("row", row.label());
    object.addProperty("file", row.row().file());
    object.addProperty("line", row.row().line());
    object.addProperty("accelerator", row.accelerator());
    object.addProperty("network", row.origin());
    JsonObject figures = new JsonObject();
    for (int i = 0; i < row.cells().size(); i++) {
      String name = report.table().quantities().get(i).name();
      row.cells().get(i).ifPresent(cell -> figures.add(name, cell(cell)));
    }
    object.add("figures", figures);
    return object;
  }

  private static JsonObject cell(RowReport.Cell cell) {
    JsonObject object = new JsonObject();
    object.addProperty("group", cell.group());
    object.addProperty("measured", cell.pair().measured());
    object.addProperty("model", cell.pair().predicted());
    object.add("error", JsonObjects.number(cell.pair().error()));
    object.addProperty("naive", cell.naive());
    return object;
  }

  private static JsonObject skipped(SkippedRow row) {
    JsonObject object = new JsonObject();
    object.addProperty("row", row.label());
    object.addProperty("file", row.file());
    object.addProperty("line", row.line());
    object.addProperty("reason", row.reason());
    return object;
  }
}
