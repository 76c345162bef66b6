package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.energy.EnergyFinding.Exhibit;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.SummaryLine;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.tier.TierReport;
import java.io.PrintWriter;
import java.util.List;

/** As the document: {@code docs/validation.md} is nothing else. */
public final class ValidationMarkdown implements ValidationWriter {
  private final PrintWriter out;
  private final MarkdownPage page;

  /** Prints to {@code out}, with plain line feeds. */
  public ValidationMarkdown(PrintWriter out) {
    this.out = out;
    this.page = new MarkdownPage(out);
  }

  @Override
  public void write(ValidationReport report) {
    page.paragraph(MarkdownPage.text("introduction.md"));
    MarkdownOverview overview = new MarkdownOverview(page);
    overview.summary(report);
    overview.targets(report);
    report.sections().forEach(this::section);
    absent(report);
    out.flush();
  }

  private void section(Section section) {
    switch (section) {
      case Section.Measured(TableReport table) -> table(table);
      case Section.Fitted(List<FitOutcome> fits) -> fits(fits);
      case Section.Claimed(List<Finding> findings) -> claims(findings);
      case Section.Tiers(TierReport tiers) -> tiers(tiers);
      case Section.Energy(List<EnergyFinding> findings) -> energy(findings);
    }
  }

  private void energy(List<EnergyFinding> findings) {
    page.paragraph("## Energy");
    page.paragraph(MarkdownPage.text("energy.md"));
    page.header(List.of("check", "accelerator", "", "what should hold"));
    for (EnergyFinding finding : findings) {
      page.row(
          List.of(
              finding.id(),
              finding.accelerator(),
              EnergyCells.verdict(finding),
              finding.statement()));
    }
    page.end();
    for (EnergyFinding finding : findings) {
      page.paragraph("### %s, %s".formatted(finding.id(), finding.accelerator()));
      page.paragraph(finding.statement() + " " + EnergyCells.reason(finding));
      page.header(Cells.joined("network", EnergyCells.titles(finding)));
      for (Exhibit exhibit : finding.exhibits()) {
        page.row(Cells.joined(exhibit.network(), EnergyCells.of(exhibit)));
      }
      page.end();
    }
  }

  private void table(TableReport table) {
    page.paragraph("## " + table.table().title());
    page.paragraph(table.table().description());
    for (SummaryLine line : table.summary()) {
      Summaries.naive(line).forEach(naive -> page.item("Naive: " + naive));
    }
    page.end();
    page.header(Cells.joined("row", RowCells.titles(table)));
    for (RowReport row : table.rows()) {
      page.row(Cells.joined(row.label(), RowCells.of(table, row)));
    }
    page.end();
  }

  private void fits(List<FitOutcome> fits) {
    page.paragraph("## " + FitCells.TITLE);
    page.paragraph(MarkdownPage.text("fits.md"));
    for (FitOutcome fit : fits) {
      page.paragraph("### " + FitCells.title(fit));
      page.header(Cells.joined("constant", FitCells.CONSTANT));
      for (FitOutcome.Constant constant : fit.constants()) {
        page.row(Cells.joined("`%s`".formatted(constant.constant().path()), FitCells.of(constant)));
      }
      page.end();
      page.header(Cells.joined("errors", FitCells.PART));
      fit.parts().forEach(part -> page.row(Cells.joined(part.title(), FitCells.of(part))));
      page.end();
    }
  }

  private void claims(List<Finding> findings) {
    page.paragraph("## " + ClaimCells.TITLE);
    page.paragraph(MarkdownPage.text("claims.md"));
    page.header(List.of("claim", "", "verdict"));
    for (Finding finding : findings) {
      page.row(List.of(finding.id(), finding.statement(), ClaimCells.verdict(finding.verdict())));
    }
    page.end();
    for (Finding finding : findings) {
      page.paragraph(
          "### %s, %s: %s"
              .formatted(
                  finding.id(), finding.accelerator(), ClaimCells.verdict(finding.verdict())));
      page.paragraph(finding.statement() + " " + finding.reason());
      page.header(ClaimCells.titles(finding));
      finding.exhibits().forEach(exhibit -> page.row(ClaimCells.of(exhibit)));
      page.end();
    }
  }

  private void tiers(TierReport report) {
    page.paragraph("## " + Tiers.TITLE);
    page.paragraph(MarkdownPage.text("tiers.md"));
    page.header(Cells.joined("networks of, on", Tiers.TITLES));
    report.lines().forEach(line -> page.row(Cells.joined(Tiers.name(line), Tiers.cells(line))));
    page.end();
  }

  private void absent(ValidationReport report) {
    page.paragraph("## Not compared");
    report
        .leftOut()
        .forEach((table, reason) -> page.item("Table `%s`: %s".formatted(table, reason)));
    for (SkippedRow row : report.skipped()) {
      page.item(
          "`%s` line %d, %s: %s".formatted(row.file(), row.line(), row.label(), row.reason()));
    }
    page.end();
  }
}
