package dev.ppe.client.report.calibration;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.calibration.CalibratedYaml;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.Calibration.Fitted;
import dev.ppe.simulator.calibration.Calibration.Kept;
import dev.ppe.simulator.calibration.Calibration.Row;
import dev.ppe.simulator.validation.statistics.Agreement;
import java.io.PrintWriter;
import java.util.List;

/** For programs: an object a calibration, each in a line; what is undefined is null. */
public final class CalibrationJson implements CalibrationWriter {
  private final PrintWriter out;

  /** Prints to {@code out}. */
  public CalibrationJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(List<Calibration> calibrations) {
    calibrations.forEach(this::line);
    out.flush();
  }

  private void line(Calibration calibration) {
    JsonObject object = new JsonObject();
    object.addProperty("quantity", calibration.quantity().text());
    object.addProperty("unit", calibration.quantity().unit());
    object.addProperty("accelerator", calibration.before().accelerator().name());
    object.addProperty("calibrated", CalibratedYaml.name(calibration));
    object.add("fitted", JsonObjects.array(calibration.fitted(), CalibrationJson::fitted));
    object.add("kept", JsonObjects.array(calibration.kept(), CalibrationJson::kept));
    agreements(object, calibration);
    JsonObject without = new JsonObject();
    agreements(without, calibration.withoutOutliers());
    object.add("withoutOutliers", without);
    object.add("rows", JsonObjects.array(calibration.rows(), CalibrationJson::row));
    JsonObjects.line(out, object);
  }

  private static void agreements(JsonObject object, Calibration calibration) {
    object.add("before", agreement(calibration.agreementBefore()));
    object.add("after", agreement(calibration.agreementAfter()));
    object.add("leftOut", agreement(calibration.agreementLeftOut()));
  }

  private static JsonObject fitted(Fitted fitted) {
    JsonObject object = new JsonObject();
    object.addProperty("constant", fitted.parameter().path());
    object.addProperty("before", fitted.before());
    object.addProperty("after", fitted.after());
    object.addProperty("standardError", fitted.error());
    return object;
  }

  private static JsonObject kept(Kept kept) {
    JsonObject object = new JsonObject();
    object.addProperty("constant", kept.parameter().path());
    object.addProperty("value", kept.value());
    object.addProperty("reason", kept.reason());
    return object;
  }

  private static JsonObject agreement(Agreement agreement) {
    JsonObject object = new JsonObject();
    object.add("meanError", JsonObjects.number(agreement.meanError()));
    object.add("worstError", JsonObjects.number(agreement.worstError()));
    object.add("r2", JsonObjects.number(agreement.determination()));
    object.add("logR2", JsonObjects.number(agreement.logDetermination()));
    object.add("kendallTau", JsonObjects.number(agreement.kendallTau()));
    object.add("spearmanRho", JsonObjects.number(agreement.spearmanRho()));
    return object;
  }

  private static JsonObject row(Row row) {
    JsonObject object = new JsonObject();
    object.addProperty("line", row.measurement().line());
    object.addProperty("model", row.measurement().model());
    object.add(
        "inputSize",
        row.measurement().inputSize().isPresent()
            ? new JsonPrimitive(row.measurement().inputSize().getAsInt())
            : JsonNull.INSTANCE);
    object.addProperty("measured", row.measurement().value());
    object.addProperty("before", row.before());
    object.addProperty("after", row.after());
    object.addProperty("leftOut", row.leftOut());
    object.addProperty("weight", row.weight());
    object.addProperty("outlier", row.outlier());
    return object;
  }
}
