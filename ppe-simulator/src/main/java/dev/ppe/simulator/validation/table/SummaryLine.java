package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.LinearFit;
import dev.ppe.simulator.validation.table.Target.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * How one figure agrees over a group of rows.
 *
 * @param quantity the figure's name
 * @param group of the rows; {@link Quantity#ALL} for all of them
 * @param model agreement of the simulator, as it is
 * @param naive the best that a ns/MAC and b ns/byte (or their like) could do on the same rows; none
 *     without rows
 * @param verdicts on the targets for this group
 */
public record SummaryLine(
    String quantity,
    String group,
    Agreement model,
    Optional<LinearFit> naive,
    List<Verdict> verdicts) {
  public SummaryLine {
    verdicts = List.copyOf(verdicts);
  }

  /** How many rows it is over. */
  public int rows() {
    return model.pairs().size();
  }

  /** The figure's name and the group's. */
  public String title() {
    return group.equals(Quantity.ALL) ? quantity : quantity + ", " + group;
  }
}
