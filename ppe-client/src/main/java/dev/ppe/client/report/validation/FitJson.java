package dev.ppe.client.report.validation;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.FitOutcome.Constant;
import dev.ppe.simulator.validation.fit.FitOutcome.Part;
import dev.ppe.simulator.validation.fit.Fits;

/** Fitted constants. */
final class FitJson {
  private FitJson() {}

  /** A fit with its constants, and its errors in each kind of rows. */
  static JsonObject of(FitOutcome outcome) {
    JsonObject object = new JsonObject();
    object.addProperty("table", Fits.ID);
    object.addProperty("fit", outcome.id());
    object.addProperty("met", outcome.agrees());
    object.addProperty("networks", outcome.networks());
    object.add("constants", JsonObjects.array(outcome.constants(), FitJson::constant));
    object.add("parts", JsonObjects.array(outcome.parts(), FitJson::part));
    return object;
  }

  private static JsonObject constant(Constant constant) {
    JsonObject object = new JsonObject();
    object.addProperty("name", constant.constant().path());
    object.add("presets", JsonObjects.array(constant.constant().presets(), JsonPrimitive::new));
    object.addProperty("inUse", constant.inUse());
    object.addProperty("fit", constant.fitted());
    object.addProperty("standardError", constant.standardError());
    object.addProperty("agrees", constant.agrees());
    return object;
  }

  private static JsonObject part(Part part) {
    JsonObject object = new JsonObject();
    object.addProperty("rows", part.title());
    object.addProperty("count", part.inUse().pairs().size());
    object.addProperty("scale", part.scale());
    object.add("inUse", AgreementJson.of(part.inUse()));
    object.add("fitted", AgreementJson.of(part.fitted()));
    object.add("leftOut", AgreementJson.of(part.leftOut()));
    return object;
  }
}
