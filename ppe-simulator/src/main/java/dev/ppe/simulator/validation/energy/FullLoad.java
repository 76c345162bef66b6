package dev.ppe.simulator.validation.energy;

import dev.ppe.simulator.report.Evaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The fullest load that dense convolutions make takes from one to two watts on Coral. */
record FullLoad() implements EnergyCheck {
  private static final int SHOWN = 3;
  private static final double LEAST_MW = 1000;
  private static final double MOST_MW = 2000;

  @Override
  public EnergyFinding examine() {
    List<Evaluation> fullest =
        Loads.denseStacks("coral-usb").stream()
            .sorted(Comparator.comparingDouble(Evaluation::utilization).reversed())
            .limit(SHOWN)
            .toList();
    Evaluation first = fullest.getFirst();
    double mw = first.averagePowerMw();
    return new EnergyFinding(
        "full-load",
        "At full load Coral takes between 1 and 2 W, and does no more than 2 TOPS for a watt.",
        "coral-usb",
        mw >= LEAST_MW && mw <= MOST_MW && first.topsPerWatt() <= 2,
        String.format(
            Locale.ROOT,
            "Of stacks of 12 equal convolutions (maps of 16 to 64, 64 to 512 channels, kernels 1 and"
                + " 3) the one with the highest use of the multipliers takes %.2f W.",
            mw * 1e-3),
        DataSheet.CIRCULAR,
        fullest.stream().map(Loads::power).toList());
  }
}
