package dev.ppe.simulator.validation.energy;

import dev.ppe.simulator.power.PowerAtRate;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.LinearFit;
import dev.ppe.simulator.validation.statistics.LinearFit.Point;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.zoo.Zoo;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Energy follows latency across the MobileNetEdgeTPU families, as figure 15 of the paper plots it:
 * the same order, and nearly on a line.
 */
record LatencyTrend() implements EnergyCheck {
  private static final String CIRCULAR =
      "Partly circular: the clock is paid for the time that the cores are held, and the work that"
          + " is counted is the work that takes the time, so both follow from the same counts; the"
          + " check says that no price upsets the order, not that energies were measured.";

  private static final String PRESET = "tensor-g1";
  private static final String FAMILIES = "mobilenet_edgetpu";
  private static final double LEAST_TAU = 0.95;
  private static final double LEAST_R2 = 0.95;

  @Override
  public EnergyFinding examine() {
    List<Evaluation> family =
        Zoo.models().stream()
            .filter(model -> model.name().startsWith(FAMILIES))
            .map(model -> Loads.evaluate(model.graph(), PRESET))
            .sorted(Comparator.comparingDouble(Evaluation::latencyUs))
            .toList();
    double tau =
        new Agreement(
                family.stream()
                    .map(
                        e -> new Pair(e.latencyUs(), e.atRate(PowerAtRate.DEFAULT_RATE).activeUj()))
                    .toList())
            .kendallTau()
            .orElse(0);
    double overPauses = // active power over pauses too, times latency: the protocol's other reading
        new Agreement(
                family.stream()
                    .map(
                        e ->
                            new Pair(
                                e.latencyUs(),
                                e.atRate(PowerAtRate.DEFAULT_RATE).activeMw() * e.latencyUs()))
                    .toList())
            .kendallTau()
            .orElse(0);
    double determination =
        LinearFit.of(
                family.stream()
                    .map(
                        e ->
                            new Point(
                                e.atRate(PowerAtRate.DEFAULT_RATE).activeUj(),
                                0,
                                List.of(1.0, e.latencyUs())))
                    .toList())
            .fitted()
            .determination()
            .orElse(0);
    return new EnergyFinding(
        "trend",
        "Energy above idle follows latency across the MobileNetEdgeTPU families (figure 15).",
        PRESET,
        tau >= LEAST_TAU && overPauses >= LEAST_TAU && determination >= LEAST_R2,
        String.format(
            Locale.ROOT,
            "Kendall's tau of energy and latency is %.3f (%.3f where active power is taken over the"
                + " pauses too), R2 of the best line %.3f.",
            tau,
            overPauses,
            determination),
        CIRCULAR,
        family.stream().map(Loads::energy).toList());
  }
}
