package dev.ppe.client.report.validation;

import com.google.gson.JsonObject;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.validation.energy.EnergyChecks;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.energy.EnergyFinding.Exhibit;

/** Checks of energies. */
final class EnergyJson {
  private EnergyJson() {}

  /** A check and what came out. */
  static JsonObject of(EnergyFinding finding) {
    JsonObject object = new JsonObject();
    object.addProperty("table", EnergyChecks.ID);
    object.addProperty("check", finding.id());
    object.addProperty("statement", finding.statement());
    object.addProperty("accelerator", finding.accelerator());
    object.addProperty("met", finding.holds());
    object.addProperty("reason", finding.reason());
    object.addProperty("circular", finding.circular());
    object.add("exhibits", JsonObjects.array(finding.exhibits(), EnergyJson::exhibit));
    return object;
  }

  private static JsonObject exhibit(Exhibit exhibit) {
    JsonObject object = new JsonObject();
    object.addProperty("network", exhibit.network());
    JsonObject figures = new JsonObject();
    exhibit.figures().forEach(figure -> figures.addProperty(figure.name(), figure.value()));
    object.add("figures", figures);
    return object;
  }
}
