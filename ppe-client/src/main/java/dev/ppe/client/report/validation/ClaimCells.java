package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.claim.Exhibit;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.claim.Measure;
import dev.ppe.simulator.validation.claim.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the model says of claims, the same in every form for people. */
final class ClaimCells {
  static final String TITLE = "The paper's claims";

  private ClaimCells() {}

  /** Titles of {@link #of}. */
  static List<String> titles(Finding finding) {
    return Stream.concat(
            Stream.of("shapes"),
            finding.exhibits().getFirst().measures().stream().map(Measure::name))
        .toList();
  }

  static List<String> of(Exhibit exhibit) {
    return Stream.concat(
            Stream.of(exhibit.shapes()), exhibit.measures().stream().map(ClaimCells::value))
        .toList();
  }

  static String verdict(Verdict verdict) {
    return verdict == Verdict.PARTLY
        ? "partly reproduced"
        : verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String value(Measure measure) {
    return switch (measure.unit()) {
      case TIMES -> format("%.2f x", measure.value());
      case MICROSECONDS -> format("%,.1f us", measure.value());
      case SHARE -> format("%.1f %%", 100 * measure.value());
      case BYTES -> format("%.3f", measure.value());
      case COUNT -> format("%,.0f", measure.value());
    };
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
