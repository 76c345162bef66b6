package dev.ppe.simulator.validation.tier;

import java.util.List;

/**
 * How the tiers agree.
 *
 * @param networks how many, each on every preset
 * @param lines a line for each search space and preset
 */
public record TierReport(int networks, List<TierLine> lines) {
  public TierReport {
    lines = List.copyOf(lines);
  }

  /** Whether all targets are met. */
  public boolean met() {
    return lines.stream()
        .allMatch(line -> line.verdicts().stream().allMatch(verdict -> verdict.met()));
  }
}
