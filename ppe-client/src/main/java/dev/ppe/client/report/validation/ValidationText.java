package dev.ppe.client.report.validation;

import dev.ppe.client.report.Paragraph;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.energy.EnergyFinding.Exhibit;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.Fits;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.SummaryLine;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Target.Verdict;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierLine;
import dev.ppe.simulator.validation.tier.TierReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** For terminals: of each table what it comes to, then row by row. */
public final class ValidationText implements ValidationWriter {
  private static final int LEAST_NAME = 32;

  private final PrintWriter out;
  private final int width;

  /** Prints tables of {@code width} characters, where the figures leave room. */
  public ValidationText(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void write(ValidationReport report) {
    report.sections().forEach(this::section);
    report.leftOut().forEach((table, reason) -> out.printf("%s is left out: %s%n", table, reason));
    List<SkippedRow> skipped = report.skipped();
    if (!skipped.isEmpty()) {
      out.printf("not compared: %d%n", skipped.size());
      for (SkippedRow row : skipped) {
        out.printf(" %s:%d %s: %s%n", row.file(), row.line(), row.label(), row.reason());
      }
    }
  }

  private void section(Section section) {
    switch (section) {
      case Section.Measured(TableReport table) -> table(table);
      case Section.Fitted(List<FitOutcome> fits) -> fits(fits);
      case Section.Claimed(List<Finding> findings) -> {
        out.printf("claims   %s%n%n", ClaimCells.TITLE);
        findings.forEach(this::finding);
      }
      case Section.Tiers(TierReport tiers) -> tiers(tiers);
      case Section.Energy(List<EnergyFinding> findings) -> energy(findings);
    }
  }

  private void table(TableReport table) {
    out.printf("%s   %s%n%n", table.table().id(), table.table().title());
    summary(table);
    out.println();
    rows(table);
    out.println();
  }

  private void energy(List<EnergyFinding> findings) {
    out.printf("energy   %s%n%n", EnergyCells.TITLE);
    for (EnergyFinding finding : findings) {
      Paragraph.sentence(
          out,
          width,
          " %s, %s: %s   "
              .formatted(finding.id(), finding.accelerator(), EnergyCells.verdict(finding)),
          finding.statement());
      Paragraph.sentence(out, width, "   ", EnergyCells.reason(finding));
      TextTable text = new TextTable(width, "   ", columns("network", EnergyCells.titles(finding)));
      for (Exhibit exhibit : finding.exhibits()) {
        text.row(Cells.joined(exhibit.network(), EnergyCells.of(exhibit)));
      }
      text.print(out);
      out.println();
    }
  }

  private void summary(TableReport table) {
    TextTable text = new TextTable(width, " ", columns("figure", Summaries.TITLES));
    for (SummaryLine line : table.summary()) {
      text.row(Cells.joined(line.title(), Summaries.cells(line)));
    }
    text.print(out);
    for (SummaryLine line : table.summary()) {
      for (Verdict verdict : line.verdicts()) {
        out.printf(
            " target  %s, %s: %s, %s%n",
            line.title(), verdict.target(), verdict.reached(), verdict.met() ? "met" : "missed");
      }
    }
    for (SummaryLine line : table.summary()) {
      Summaries.naive(line).forEach(naive -> out.printf(" naive   %s%n", naive));
    }
  }

  private void fits(List<FitOutcome> fits) {
    out.printf("%s   %s%n%n", Fits.ID, FitCells.TITLE);
    for (FitOutcome fit : fits) {
      out.printf(" %s%n", FitCells.title(fit));
      TextTable constants = new TextTable(width, "   ", columns("constant", FitCells.CONSTANT));
      for (FitOutcome.Constant constant : fit.constants()) {
        constants.row(Cells.joined(constant.constant().path(), FitCells.of(constant)));
      }
      constants.print(out);
      TextTable errors = new TextTable(width, "   ", columns("errors", FitCells.PART));
      fit.parts().forEach(part -> errors.row(Cells.joined(part.title(), FitCells.of(part))));
      errors.print(out);
      out.println();
    }
  }

  private void tiers(TierReport report) {
    out.printf("%s   %s%n%n", TierComparison.ID, Tiers.TITLE);
    TextTable text = new TextTable(width, " ", columns("networks of, on", Tiers.TITLES));
    report.lines().forEach(line -> text.row(Cells.joined(Tiers.name(line), Tiers.cells(line))));
    text.print(out);
    for (TierLine line : report.lines()) {
      out.printf(" target  %s: %s%n", Tiers.name(line), Tiers.verdicts(line));
    }
    out.println();
  }

  private void rows(TableReport table) {
    TextTable text = new TextTable(width, " ", columns("row", RowCells.titles(table)));
    for (RowReport row : table.rows()) {
      text.row(Cells.joined(row.label(), RowCells.of(table, row)));
    }
    text.print(out);
  }

  private void finding(Finding finding) {
    String verdict = ClaimCells.verdict(finding.verdict());
    Paragraph.sentence(
        out,
        width,
        " %s, %s: %s   ".formatted(finding.id(), finding.accelerator(), verdict),
        finding.statement());
    Paragraph.sentence(out, width, "   ", finding.reason());
    List<String> titles = ClaimCells.titles(finding);
    TextTable text =
        new TextTable(width, "   ", columns(titles.getFirst(), titles.subList(1, titles.size())));
    finding.exhibits().forEach(exhibit -> text.row(ClaimCells.of(exhibit)));
    text.print(out);
    out.println();
  }

  private static List<Column> columns(String name, List<String> titles) {
    List<Column> columns = new ArrayList<>(List.of(Column.names(name, LEAST_NAME)));
    for (String title : titles) {
      Column column = Column.right(title);
      columns.add(title.equals(RowCells.NAIVE) ? column.ifRoom() : column);
    }
    return columns;
  }
}
