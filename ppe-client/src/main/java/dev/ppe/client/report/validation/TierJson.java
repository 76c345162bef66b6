package dev.ppe.client.report.validation;

import com.google.gson.JsonObject;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierLine;
import dev.ppe.simulator.validation.tier.TierReport;

/** The analytical fidelity against the cycle level. */
final class TierJson {
  private TierJson() {}

  /** The comparison, a line for each space and preset. */
  static JsonObject of(TierReport report) {
    JsonObject object = new JsonObject();
    object.addProperty("table", TierComparison.ID);
    object.addProperty("title", Tiers.TITLE);
    object.addProperty("met", report.met());
    object.addProperty("networks", report.networks());
    object.add("summary", JsonObjects.array(report.lines(), TierJson::line));
    return object;
  }

  private static JsonObject line(TierLine line) {
    JsonObject object = new JsonObject();
    object.addProperty("space", line.space());
    object.addProperty("accelerator", line.preset());
    object.addProperty("networks", line.networks().size());
    JsonObject model = AgreementJson.of(line.agreement());
    model.add("spearman", JsonObjects.number(line.agreement().spearmanRho()));
    object.add("model", model);
    object.add("targets", JsonObjects.array(line.verdicts(), AgreementJson::of));
    return object;
  }
}
