package dev.ppe.simulator.validation.fit;

import dev.ppe.simulator.validation.statistics.Agreement;
import java.util.List;

/**
 * What a fit came to.
 *
 * @param id of the fit
 * @param networks that its rows are about
 * @param constants one by one
 * @param parts kinds of rows, and all of them at the end
 */
public record FitOutcome(String id, int networks, List<Constant> constants, List<Part> parts) {
  /** Three significant digits are within that. */
  private static final double ROUNDING = 0.005;

  /**
   * A constant.
   *
   * @param inUse what the presets have
   * @param fitted what the rows give
   * @param standardError of that, by the jackknife over networks
   */
  public record Constant(FittedConstant constant, long inUse, double fitted, double standardError) {
    /** Whether the presets have what the rows give: to three digits, or half a standard error. */
    public boolean agrees() {
      return Math.abs(inUse - fitted) <= Math.max(ROUNDING * fitted, standardError / 2);
    }
  }

  /**
   * Some of the rows.
   *
   * @param title of them
   * @param scale of their relative errors, 0 for all rows together
   * @param inUse their agreement with the constants in use
   * @param fitted with those of the fit
   * @param leftOut of each network's rows with a fit to the rows of all others
   */
  public record Part(
      String title, double scale, Agreement inUse, Agreement fitted, Agreement leftOut) {}

  public FitOutcome {
    constants = List.copyOf(constants);
    parts = List.copyOf(parts);
  }

  /** Whether all constants in use are what the rows give. */
  public boolean agrees() {
    return constants.stream().allMatch(Constant::agrees);
  }
}
