package dev.ppe.client.report.validation;

import com.google.gson.JsonObject;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.table.Target.Verdict;

/** Agreement and targets, the same for tables, fits and tiers. */
final class AgreementJson {
  private AgreementJson() {}

  /** How well predictions agree with measurements. */
  static JsonObject of(Agreement agreement) {
    JsonObject object = new JsonObject();
    object.add("meanError", JsonObjects.number(agreement.meanError()));
    object.add("worstError", JsonObjects.number(agreement.worstError()));
    object.add("r2", JsonObjects.number(agreement.determination()));
    object.add("r2WithoutLargest", JsonObjects.number(agreement.determinationWithoutLargest()));
    object.add("logR2", JsonObjects.number(agreement.logDetermination()));
    object.add("kendallTau", JsonObjects.number(agreement.kendallTau()));
    return object;
  }

  /** What was aimed at, and whether it is met. */
  static JsonObject of(Verdict verdict) {
    JsonObject target = new JsonObject();
    target.addProperty("target", verdict.target());
    target.addProperty("reached", verdict.reached());
    target.addProperty("met", verdict.met());
    return target;
  }
}
