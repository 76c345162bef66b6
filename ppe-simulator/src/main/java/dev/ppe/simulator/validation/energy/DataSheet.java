package dev.ppe.simulator.validation.energy;

import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.zoo.Zoo;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** No network goes beyond Coral's data sheet, 2 W and 2 TOPS/W, not for a millisecond either. */
record DataSheet() implements EnergyCheck {
  /** The 28 nm table's clock_mac_pj, see {@code coral-28nm.yaml}. */
  static final String CIRCULAR =
      "Partly circular: the table's price of the clock was chosen so that all multipliers at work"
          + " take the data sheet's 2 W; the check says how networks share in that bound, and that"
          + " none exceeds it, not that it was found.";

  private static final String PRESET = "coral-usb";
  private static final int SHOWN = 3;
  private static final double MOST_MW = 2000;
  private static final double MOST_TOPS_PER_WATT = 2;

  @Override
  public EnergyFinding examine() {
    List<Evaluation> all =
        Stream.concat(
                Zoo.models().stream().map(model -> Loads.evaluate(model.graph(), PRESET)),
                Loads.denseStacks(PRESET).stream())
            .sorted(
                Comparator.comparingDouble((Evaluation answer) -> answer.power().peakMw())
                    .reversed())
            .toList();
    return new EnergyFinding(
        "data-sheet",
        "No network takes more than 2 W of Coral, in any millisecond, or does more than 2 TOPS for"
            + " a watt.",
        PRESET,
        all.stream()
            .allMatch(
                answer ->
                    Math.max(answer.power().peakMw(), answer.averagePowerMw()) <= MOST_MW
                        && answer.topsPerWatt() <= MOST_TOPS_PER_WATT),
        String.format(
            Locale.ROOT,
            "Of %d networks, the zoo's and dense stacks, the three highest peaks; the best"
                + " efficiency is %.2f TOPS/W.",
            all.size(),
            all.stream().mapToDouble(Evaluation::topsPerWatt).max().orElse(0)),
        CIRCULAR,
        all.stream().limit(SHOWN).map(Loads::power).toList());
  }
}
