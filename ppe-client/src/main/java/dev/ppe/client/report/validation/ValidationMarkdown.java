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
import dev.ppe.simulator.validation.table.Target.Verdict;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierLine;
import dev.ppe.simulator.validation.tier.TierReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As the document: {@code docs/validation.md} is nothing else. */
public final class ValidationMarkdown implements ValidationWriter {
  private final PrintWriter out;

  /** Prints to {@code out}, with plain line feeds. */
  public ValidationMarkdown(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(ValidationReport report) {
    paragraph(text("introduction.md"));
    summary(report);
    targets(report);
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
    paragraph("## Energy");
    paragraph(text("energy.md"));
    header(List.of("check", "accelerator", "", "what should hold"));
    for (EnergyFinding finding : findings) {
      row(
          List.of(
              finding.id(),
              finding.accelerator(),
              EnergyCells.verdict(finding),
              finding.statement()));
    }
    out.print('\n');
    for (EnergyFinding finding : findings) {
      paragraph("### %s, %s".formatted(finding.id(), finding.accelerator()));
      paragraph(finding.statement() + " " + EnergyCells.reason(finding));
      header(joined("network", EnergyCells.titles(finding)));
      for (Exhibit exhibit : finding.exhibits()) {
        row(joined(exhibit.network(), EnergyCells.of(exhibit)));
      }
      out.print('\n');
    }
  }

  private void summary(ValidationReport report) {
    paragraph("## Summary");
    paragraph(text("summary.md"));
    header(joined("table", Summaries.TITLES));
    for (TableReport table : report.tables()) {
      for (SummaryLine line : table.summary()) {
        row(joined(table.table().id() + ": " + line.title(), Summaries.cells(line)));
      }
    }
    out.print('\n');
  }

  private void targets(ValidationReport report) {
    paragraph("## Targets");
    header(List.of("table", "target", "reached", ""));
    for (TableReport table : report.tables()) {
      for (SummaryLine line : table.summary()) {
        for (Verdict verdict : line.verdicts()) {
          row(
              List.of(
                  table.table().id() + ": " + line.title(),
                  verdict.target(),
                  verdict.reached(),
                  verdict.met() ? "met" : "**missed**"));
        }
      }
    }
    for (Section section : report.sections()) {
      if (section instanceof Section.Tiers(TierReport tiers)) {
        tiers.lines().forEach(this::targets);
      }
    }
    out.print('\n');
  }

  private void targets(TierLine line) {
    for (Verdict verdict : line.verdicts()) {
      row(
          List.of(
              TierComparison.ID + ": " + Tiers.name(line),
              verdict.target(),
              verdict.reached(),
              verdict.met() ? "met" : "**missed**"));
    }
  }

  private void table(TableReport table) {
    paragraph("## " + table.table().title());
    paragraph(table.table().description());
    for (SummaryLine line : table.summary()) {
      Summaries.naive(line).forEach(naive -> out.print("* Naive: " + naive + "\n"));
    }
    out.print('\n');
    header(joined("row", RowCells.titles(table)));
    for (RowReport row : table.rows()) {
      row(joined(row.label(), RowCells.of(table, row)));
    }
    out.print('\n');
  }

  private void fits(List<FitOutcome> fits) {
    paragraph("## " + FitCells.TITLE);
    paragraph(text("fits.md"));
    for (FitOutcome fit : fits) {
      paragraph("### " + FitCells.title(fit));
      header(joined("constant", FitCells.CONSTANT));
      for (FitOutcome.Constant constant : fit.constants()) {
        row(joined("`%s`".formatted(constant.constant().path()), FitCells.of(constant)));
      }
      out.print('\n');
      header(joined("errors", FitCells.PART));
      fit.parts().forEach(part -> row(joined(part.title(), FitCells.of(part))));
      out.print('\n');
    }
  }

  private void claims(List<Finding> findings) {
    paragraph("## " + ClaimCells.TITLE);
    paragraph(text("claims.md"));
    header(List.of("claim", "", "verdict"));
    for (Finding finding : findings) {
      row(List.of(finding.id(), finding.statement(), ClaimCells.verdict(finding.verdict())));
    }
    out.print('\n');
    for (Finding finding : findings) {
      paragraph(
          "### %s, %s: %s"
              .formatted(
                  finding.id(), finding.accelerator(), ClaimCells.verdict(finding.verdict())));
      paragraph(finding.statement() + " " + finding.reason());
      header(ClaimCells.titles(finding));
      finding.exhibits().forEach(exhibit -> row(ClaimCells.of(exhibit)));
      out.print('\n');
    }
  }

  private void tiers(TierReport report) {
    paragraph("## " + Tiers.TITLE);
    paragraph(text("tiers.md"));
    header(joined("networks of, on", Tiers.TITLES));
    report.lines().forEach(line -> row(joined(Tiers.name(line), Tiers.cells(line))));
    out.print('\n');
  }

  private void absent(ValidationReport report) {
    paragraph("## Not compared");
    report
        .leftOut()
        .forEach((table, reason) -> out.print("* Table `%s`: %s\n".formatted(table, reason)));
    for (SkippedRow row : report.skipped()) {
      out.print(
          "* `%s` line %d, %s: %s\n".formatted(row.file(), row.line(), row.label(), row.reason()));
    }
    out.print('\n');
  }

  private void header(List<String> titles) {
    row(titles);
    out.print("|---" + "|---:".repeat(titles.size() - 1) + "|\n");
  }

  private void row(List<String> cells) {
    out.print(
        "| "
            + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
            + " |\n");
  }

  private void paragraph(String text) {
    out.print(text + "\n\n");
  }

  private static List<String> joined(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private static String text(String resource) {
    try (InputStream in = ValidationMarkdown.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
