package dev.ppe.client.report.validation;

import com.google.gson.JsonObject;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.validation.claim.Exhibit;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.claim.Measure;

/** Claims of the paper. */
final class ClaimJson {
  private ClaimJson() {}

  /** A claim and what the model says of it. */
  static JsonObject of(Finding finding) {
    JsonObject object = new JsonObject();
    object.addProperty("claim", finding.id());
    object.addProperty("statement", finding.statement());
    object.addProperty("accelerator", finding.accelerator());
    object.addProperty("verdict", finding.verdict().name());
    object.addProperty("reason", finding.reason());
    object.add("exhibits", JsonObjects.array(finding.exhibits(), ClaimJson::exhibit));
    return object;
  }

  private static JsonObject exhibit(Exhibit exhibit) {
    JsonObject object = new JsonObject();
    object.addProperty("shapes", exhibit.shapes());
    object.add("measures", JsonObjects.array(exhibit.measures(), ClaimJson::measure));
    return object;
  }

  private static JsonObject measure(Measure measure) {
    JsonObject object = new JsonObject();
    object.addProperty("name", measure.name());
    object.addProperty("unit", measure.unit().name());
    object.addProperty("value", measure.value());
    return object;
  }
}
