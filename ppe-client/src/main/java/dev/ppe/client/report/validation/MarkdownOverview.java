package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.table.SummaryLine;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Target.Verdict;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierLine;
import dev.ppe.simulator.validation.tier.TierReport;
import java.util.List;

/** What all tables come to, and which targets are met: the document before its sections. */
record MarkdownOverview(MarkdownPage page) {
  void summary(ValidationReport report) {
    page.paragraph("## Summary");
    page.paragraph(MarkdownPage.text("summary.md"));
    page.header(Cells.joined("table", Summaries.TITLES));
    for (TableReport table : report.tables()) {
      for (SummaryLine line : table.summary()) {
        page.row(Cells.joined(name(table, line), Summaries.cells(line)));
      }
    }
    page.end();
  }

  void targets(ValidationReport report) {
    page.paragraph("## Targets");
    page.header(List.of("table", "target", "reached", ""));
    for (TableReport table : report.tables()) {
      for (SummaryLine line : table.summary()) {
        targets(name(table, line), line.verdicts());
      }
    }
    for (Section section : report.sections()) {
      if (section instanceof Section.Tiers(TierReport tiers)) {
        for (TierLine line : tiers.lines()) {
          targets(TierComparison.ID + ": " + Tiers.name(line), line.verdicts());
        }
      }
    }
    page.end();
  }

  private static String name(TableReport table, SummaryLine line) {
    return table.table().id() + ": " + line.title();
  }

  private void targets(String name, List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      page.row(
          List.of(name, verdict.target(), verdict.reached(), verdict.met() ? "met" : "**missed**"));
    }
  }
}
