package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.table.Target.Verdict;
import dev.ppe.simulator.validation.tier.TierLine;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of the tiers' agreement, the same in every form for people. */
final class Tiers {
  static final String TITLE = "Analytical fidelity against the cycle level";

  /** Titles of {@link #cells}. */
  static final List<String> TITLES =
      List.of("networks", "Spearman", "tau", "mean error", "worst", "equal");

  private Tiers() {}

  static String name(TierLine line) {
    return line.space() + ", " + line.preset();
  }

  static List<String> cells(TierLine line) {
    Agreement agreement = line.agreement();
    return List.of(
        Integer.toString(line.networks().size()),
        Cells.coefficient(agreement.spearmanRho()),
        Cells.coefficient(agreement.kendallTau()),
        Cells.percent(agreement.meanError()),
        Cells.signed(agreement.worstError()),
        Cells.percent(agreement.shareWithin(0)));
  }

  /** For example {@code Spearman >= 0.99: 1.0000, met}. */
  static String verdicts(TierLine line) {
    return line.verdicts().stream().map(Tiers::verdict).collect(Collectors.joining("; "));
  }

  private static String verdict(Verdict verdict) {
    return "%s: %s, %s"
        .formatted(verdict.target(), verdict.reached(), verdict.met() ? "met" : "missed");
  }
}
