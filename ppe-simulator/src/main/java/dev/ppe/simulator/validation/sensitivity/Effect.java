package dev.ppe.simulator.validation.sensitivity;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What another value of an assumption does to the rows of a preset.
 *
 * @param value the other value; as the file would have it
 * @param refused why there is no such machine; empty if there is
 * @param meanChange of the rows' figures, in shares of what they were, signs kept
 * @param worstChange the one that is farthest from none
 * @param worstRow whose that is; empty if nothing changes
 * @param meanError of the rows against the measurements, with this value; empty without any
 */
public record Effect(
    String value,
    String refused,
    OptionalDouble meanChange,
    OptionalDouble worstChange,
    String worstRow,
    OptionalDouble meanError) {

  /** Of a machine that there cannot be. */
  static Effect refused(String value, String reason) {
    return new Effect(
        value, reason, OptionalDouble.empty(), OptionalDouble.empty(), "", OptionalDouble.empty());
  }

  /** Whether any row's figure is another one. */
  boolean changes() {
    return !worstRow.isEmpty();
  }

  /** The change of one row. */
  record Change(String row, double share) {}

  static Effect of(String value, List<Change> changes, OptionalDouble meanError) {
    Change worst = new Change("", 0);
    for (Change change : changes) {
      worst = Math.abs(change.share()) > Math.abs(worst.share()) ? change : worst;
    }
    return new Effect(
        value,
        "",
        changes.stream().mapToDouble(Change::share).average(),
        OptionalDouble.of(worst.share()),
        worst.row(),
        meanError);
  }
}
