package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.energy.EnergyFinding.Exhibit;
import dev.ppe.simulator.validation.energy.EnergyFinding.Figure;
import java.util.List;
import java.util.Locale;

/** Checks of energies, the same in every form for people. */
final class EnergyCells {
  static final String TITLE = "Energy, against the data sheet and the paper's trend";

  private EnergyCells() {}

  static String verdict(EnergyFinding finding) {
    return finding.holds() ? "holds" : "does not hold";
  }

  /** What came out, and what of it had to. */
  static String reason(EnergyFinding finding) {
    return finding.circular().isEmpty()
        ? finding.reason()
        : finding.reason() + " " + finding.circular();
  }

  /** Titles of {@link #of}. */
  static List<String> titles(EnergyFinding finding) {
    return finding.exhibits().getFirst().figures().stream().map(Figure::name).toList();
  }

  static List<String> of(Exhibit exhibit) {
    return exhibit.figures().stream()
        .map(figure -> String.format(Locale.ROOT, "%.3f", figure.value()))
        .toList();
  }
}
