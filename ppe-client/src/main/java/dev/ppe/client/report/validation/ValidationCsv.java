package dev.ppe.client.report.validation;

import dev.ppe.client.report.Csv;
import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Claims;
import dev.ppe.simulator.validation.claim.Exhibit;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.claim.Measure;
import dev.ppe.simulator.validation.energy.EnergyChecks;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.energy.EnergyFinding.Figure;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.Fits;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierLine;
import dev.ppe.simulator.validation.tier.TierReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * For spreadsheets: a record for each figure of each row, and of each exhibit of a claim, which has
 * nothing measured beside it.
 */
public final class ValidationCsv implements ValidationWriter {
  private static final List<String> HEADER =
      List.of(
          "table",
          "figure",
          "group",
          "row",
          "file",
          "line",
          "accelerator",
          "network",
          "measured",
          "model",
          "error",
          "naive");

  private final PrintWriter out;

  /** Prints to {@code out}. */
  public ValidationCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(ValidationReport report) {
    Csv.print(out, HEADER);
    report.sections().forEach(this::section);
    out.flush();
  }

  private void section(Section section) {
    switch (section) {
      case Section.Measured(TableReport table) -> table.rows().forEach(row -> write(table, row));
      case Section.Fitted(List<FitOutcome> fits) ->
          fits.forEach(fit -> fit.constants().forEach(constant -> write(fit.id(), constant)));
      case Section.Claimed(List<Finding> findings) -> findings.forEach(this::write);
      case Section.Tiers(TierReport tiers) -> tiers.lines().forEach(this::write);
      case Section.Energy(List<EnergyFinding> findings) -> findings.forEach(this::write);
    }
  }

  private void write(TableReport table, RowReport row) {
    for (int i = 0; i < row.cells().size(); i++) {
      Optional<RowReport.Cell> cell = row.cells().get(i);
      if (cell.isPresent()) {
        write(table, row, table.table().quantities().get(i).name(), cell.get());
      }
    }
  }

  private void write(EnergyFinding finding) {
    for (EnergyFinding.Exhibit exhibit : finding.exhibits()) {
      exhibit.figures().forEach(figure -> write(finding, exhibit, figure));
    }
  }

  /** Nothing is measured, so that stays empty. */
  private void write(EnergyFinding finding, EnergyFinding.Exhibit exhibit, Figure figure) {
    Csv.print(
        out,
        List.of(
            EnergyChecks.ID,
            figure.name(),
            finding.id(),
            exhibit.network(),
            "",
            "",
            finding.accelerator(),
            "",
            "",
            Double.toString(figure.value()),
            "",
            ""));
  }

  /** What the rows give stands where measurements do. */
  private void write(String fit, FitOutcome.Constant constant) {
    Csv.print(
        out,
        List.of(
            Fits.ID,
            constant.constant().path(),
            fit,
            "",
            "",
            "",
            String.join(" ", constant.constant().presets()),
            "",
            Double.toString(constant.fitted()),
            Long.toString(constant.inUse()),
            error(new Pair(constant.fitted(), (double) constant.inUse())),
            ""));
  }

  private void write(Finding finding) {
    for (Exhibit exhibit : finding.exhibits()) {
      for (Measure measure : exhibit.measures()) {
        Csv.print(
            out,
            List.of(
                Claims.ID,
                measure.name(),
                finding.id(),
                exhibit.shapes(),
                "",
                "",
                finding.accelerator(),
                "",
                "",
                Double.toString(measure.value()),
                "",
                ""));
      }
    }
  }

  /** The cycle level stands where measurements do. */
  private void write(TierLine line) {
    for (TierLine.Outcome outcome : line.networks()) {
      Pair pair = outcome.latencyUs();
      Csv.print(
          out,
          List.of(
              TierComparison.ID,
              "us",
              line.space(),
              outcome.network(),
              "",
              "",
              line.preset(),
              "drawn",
              Double.toString(pair.measured()),
              Double.toString(pair.predicted()),
              error(pair),
              ""));
    }
  }

  private static String error(Pair pair) {
    return pair.error().isPresent() ? Double.toString(pair.error().getAsDouble()) : "";
  }

  private void write(TableReport table, RowReport row, String figure, RowReport.Cell cell) {
    Csv.print(
        out,
        List.of(
            table.table().id(),
            figure,
            cell.group(),
            row.label(),
            row.row().file(),
            Integer.toString(row.row().line()),
            row.accelerator(),
            row.origin(),
            Double.toString(cell.pair().measured()),
            Double.toString(cell.pair().predicted()),
            error(cell.pair()),
            Double.toString(cell.naive())));
  }
}
