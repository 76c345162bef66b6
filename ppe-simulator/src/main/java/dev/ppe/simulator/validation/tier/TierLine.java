package dev.ppe.simulator.validation.tier;

import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.Target;
import dev.ppe.simulator.validation.table.Target.Verdict;
import java.util.List;

/**
 * One search space on one preset.
 *
 * @param space where the networks are from
 * @param preset the accelerator
 * @param networks with their latencies
 */
public record TierLine(String space, String preset, List<Outcome> networks) {
  private static final List<Target> TARGETS =
      List.of(new Target.Spearman(0.99), new Target.MeanError(0.05));

  /**
   * One network.
   *
   * @param network its name
   * @param latencyUs cycle by cycle, in the place of what is measured, and analytically
   */
  public record Outcome(String network, Pair latencyUs) {}

  public TierLine {
    networks = List.copyOf(networks);
  }

  /** How the tiers agree. */
  public Agreement agreement() {
    return new Agreement(networks.stream().map(Outcome::latencyUs).toList());
  }

  /** Against what is aimed at. */
  public List<Verdict> verdicts() {
    Agreement agreement = agreement();
    return TARGETS.stream().map(target -> target.judge(agreement)).toList();
  }
}
