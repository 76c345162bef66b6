package dev.ppe.client.report.validation;

import com.google.gson.JsonObject;
import dev.ppe.client.report.JsonObjects;
import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.tier.TierReport;
import java.io.PrintWriter;
import java.util.List;

/**
 * For programs: JSON Lines, an object for a table, a fit, a claim, the tiers and a check of energy;
 * what is undefined is null.
 */
public final class ValidationJson implements ValidationWriter {
  private final PrintWriter out;

  /** Prints to {@code out}. */
  public ValidationJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(ValidationReport report) {
    report.sections().forEach(this::section);
    report
        .leftOut()
        .forEach(
            (table, reason) -> {
              JsonObject object = new JsonObject();
              object.addProperty("table", table);
              object.addProperty("leftOut", reason);
              line(object);
            });
    out.flush();
  }

  private void section(Section section) {
    switch (section) {
      case Section.Measured(TableReport table) -> line(TableJson.of(table));
      case Section.Fitted(List<FitOutcome> fits) -> fits.forEach(fit -> line(FitJson.of(fit)));
      case Section.Claimed(List<Finding> findings) ->
          findings.forEach(finding -> line(ClaimJson.of(finding)));
      case Section.Tiers(TierReport tiers) -> line(TierJson.of(tiers));
      case Section.Energy(List<EnergyFinding> findings) ->
          findings.forEach(finding -> line(EnergyJson.of(finding)));
    }
  }

  private void line(JsonObject object) {
    JsonObjects.line(out, object);
  }
}
