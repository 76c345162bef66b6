package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.FitOutcome.Constant;
import dev.ppe.simulator.validation.fit.FitOutcome.Part;
import java.util.List;
import java.util.OptionalDouble;

/** Fitted constants, the same in every form for people. */
final class FitCells {
  static final String TITLE = "Fitted constants";

  /** Titles of {@link #of(Constant)}. */
  static final List<String> CONSTANT = List.of("presets", "in use", "fit", "standard error", "");

  /** Titles of {@link #of(Part)}. */
  static final List<String> PART =
      List.of("rows", "scale", "in use", "worst", "fit", "worst", "network left out", "worst");

  private FitCells() {}

  /** What the fit is called, and how many networks it has. */
  static String title(FitOutcome outcome) {
    return "%s, %d networks".formatted(outcome.id(), outcome.networks());
  }

  static List<String> of(Constant constant) {
    return List.of(
        String.join(", ", constant.constant().presets()),
        Cells.whole((double) constant.inUse()),
        Cells.whole(constant.fitted()),
        Cells.whole(constant.standardError()),
        constant.agrees() ? "agrees" : "differs");
  }

  static List<String> of(Part part) {
    return List.of(
        Integer.toString(part.inUse().pairs().size()),
        part.scale() == 0 ? Cells.NONE : Cells.percent(OptionalDouble.of(part.scale())),
        Cells.percent(part.inUse().meanError()),
        Cells.signed(part.inUse().worstError()),
        Cells.percent(part.fitted().meanError()),
        Cells.signed(part.fitted().worstError()),
        Cells.percent(part.leftOut().meanError()),
        Cells.signed(part.leftOut().worstError()));
  }
}
