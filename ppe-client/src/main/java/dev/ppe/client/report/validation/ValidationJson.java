package dev.ppe.client.report.validation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Exhibit;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.claim.Measure;
import dev.ppe.simulator.validation.energy.EnergyChecks;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.Fits;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.LinearFit;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.SummaryLine;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Target.Verdict;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierLine;
import dev.ppe.simulator.validation.tier.TierReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** For programs: JSON Lines, an object a table and a claim; what is undefined is null. */
public final class ValidationJson implements ValidationWriter {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

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
      case Section.Measured(TableReport table) -> line(table(table));
      case Section.Fitted(List<FitOutcome> fits) -> fits.forEach(fit -> line(fit(fit)));
      case Section.Claimed(List<Finding> findings) ->
          findings.forEach(finding -> line(finding(finding)));
      case Section.Tiers(TierReport tiers) -> line(tiers(tiers));
      case Section.Energy(List<EnergyFinding> findings) ->
          findings.forEach(finding -> line(energy(finding)));
    }
  }

  private static JsonObject energy(EnergyFinding finding) {
    JsonObject object = new JsonObject();
    object.addProperty("table", EnergyChecks.ID);
    object.addProperty("check", finding.id());
    object.addProperty("statement", finding.statement());
    object.addProperty("accelerator", finding.accelerator());
    object.addProperty("met", finding.holds());
    object.addProperty("reason", finding.reason());
    object.addProperty("circular", finding.circular());
    object.add("exhibits", array(finding.exhibits(), ValidationJson::energyExhibit));
    return object;
  }

  private static JsonObject energyExhibit(EnergyFinding.Exhibit exhibit) {
    JsonObject object = new JsonObject();
    object.addProperty("network", exhibit.network());
    JsonObject figures = new JsonObject();
    exhibit.figures().forEach(figure -> figures.addProperty(figure.name(), figure.value()));
    object.add("figures", figures);
    return object;
  }

  private void line(JsonObject object) {
    out.print(GSON.toJson(object));
    out.print('\n');
  }

  private static JsonObject table(TableReport report) {
    JsonObject object = new JsonObject();
    object.addProperty("table", report.table().id());
    object.addProperty("title", report.table().title());
    object.addProperty("met", report.met());
    object.add("summary", array(report.summary(), ValidationJson::summary));
    object.add("rows", array(report.rows(), row -> row(report, row)));
    object.add("skipped", array(report.skipped(), ValidationJson::skipped));
    return object;
  }

  private static JsonObject summary(SummaryLine line) {
    JsonObject object = new JsonObject();
    object.addProperty("figure", line.quantity());
    object.addProperty("group", line.group());
    object.addProperty("rows", line.rows());
    object.add("model", agreement(line.model()));
    object.add(
        "naive", line.naive().<JsonElement>map(ValidationJson::fit).orElse(JsonNull.INSTANCE));
    object.add("targets", array(line.verdicts(), ValidationJson::verdict));
    return object;
  }

  private static JsonObject verdict(Verdict verdict) {
    JsonObject target = new JsonObject();
    target.addProperty("target", verdict.target());
    target.addProperty("reached", verdict.reached());
    target.addProperty("met", verdict.met());
    return target;
  }

  private static JsonObject tiers(TierReport report) {
    JsonObject object = new JsonObject();
    object.addProperty("table", TierComparison.ID);
    object.addProperty("title", Tiers.TITLE);
    object.addProperty("met", report.met());
    object.addProperty("networks", report.networks());
    object.add("summary", array(report.lines(), ValidationJson::tier));
    return object;
  }

  private static JsonObject tier(TierLine line) {
    JsonObject object = new JsonObject();
    object.addProperty("space", line.space());
    object.addProperty("accelerator", line.preset());
    object.addProperty("networks", line.networks().size());
    JsonObject model = agreement(line.agreement());
    model.add("spearman", number(line.agreement().spearmanRho()));
    object.add("model", model);
    object.add("targets", array(line.verdicts(), ValidationJson::verdict));
    return object;
  }

  private static JsonObject agreement(Agreement agreement) {
    JsonObject object = new JsonObject();
    object.add("meanError", number(agreement.meanError()));
    object.add("worstError", number(agreement.worstError()));
    object.add("r2", number(agreement.determination()));
    object.add("r2WithoutLargest", number(agreement.determinationWithoutLargest()));
    object.add("logR2", number(agreement.logDetermination()));
    object.add("kendallTau", number(agreement.kendallTau()));
    return object;
  }

  private static JsonObject fit(LinearFit fit) {
    JsonObject object = new JsonObject();
    object.add("constants", array(fit.constants(), JsonPrimitive::new));
    object.add("fitted", agreement(fit.fitted()));
    object.add("leftOut", agreement(fit.leftOut()));
    return object;
  }

  private static JsonObject fit(FitOutcome outcome) {
    JsonObject object = new JsonObject();
    object.addProperty("table", Fits.ID);
    object.addProperty("fit", outcome.id());
    object.addProperty("met", outcome.agrees());
    object.addProperty("networks", outcome.networks());
    object.add("constants", array(outcome.constants(), ValidationJson::constant));
    object.add("parts", array(outcome.parts(), ValidationJson::part));
    return object;
  }

  private static JsonObject constant(FitOutcome.Constant constant) {
    JsonObject object = new JsonObject();
    object.addProperty("name", constant.constant().path());
    object.add("presets", array(constant.constant().presets(), JsonPrimitive::new));
    object.addProperty("inUse", constant.inUse());
    object.addProperty("fit", constant.fitted());
    object.addProperty("standardError", constant.standardError());
    object.addProperty("agrees", constant.agrees());
    return object;
  }

  private static JsonObject part(FitOutcome.Part part) {
    JsonObject object = new JsonObject();
    object.addProperty("rows", part.title());
    object.addProperty("count", part.inUse().pairs().size());
    object.addProperty("scale", part.scale());
    object.add("inUse", agreement(part.inUse()));
    object.add("fitted", agreement(part.fitted()));
    object.add("leftOut", agreement(part.leftOut()));
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
    object.add("error", number(cell.pair().error()));
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

  private static JsonObject finding(Finding finding) {
    JsonObject object = new JsonObject();
    object.addProperty("claim", finding.id());
    object.addProperty("statement", finding.statement());
    object.addProperty("accelerator", finding.accelerator());
    object.addProperty("verdict", finding.verdict().name());
    object.addProperty("reason", finding.reason());
    object.add("exhibits", array(finding.exhibits(), ValidationJson::exhibit));
    return object;
  }

  private static JsonObject exhibit(Exhibit exhibit) {
    JsonObject object = new JsonObject();
    object.addProperty("shapes", exhibit.shapes());
    object.add("measures", array(exhibit.measures(), ValidationJson::measure));
    return object;
  }

  private static JsonObject measure(Measure measure) {
    JsonObject object = new JsonObject();
    object.addProperty("name", measure.name());
    object.addProperty("unit", measure.unit().name());
    object.addProperty("value", measure.value());
    return object;
  }

  private static <T> JsonArray array(List<T> values, Function<T, JsonElement> element) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(element.apply(value)));
    return array;
  }

  private static JsonElement number(OptionalDouble value) {
    return value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE;
  }
}
