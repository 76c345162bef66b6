package dev.ppe.simulator.hardware;

/**
 * What the prices of an energy table are multiplied by, in thousandths: how a board that was
 * measured differs from its class of process.
 *
 * @param dynamicPermille of what is paid for each action, 1 to 100,000; 1000 is the table's price
 * @param staticPermille of leakage and clock, likewise
 */
public record EnergyScale(int dynamicPermille, int staticPermille) {
  /** The table's prices as they stand. */
  public static final EnergyScale NONE = new EnergyScale(1000, 1000);

  /** The largest factor, in thousandths. */
  public static final int MOST = 100_000;

  private static final double WHOLE = 1000;

  public EnergyScale {
    Check.range("energy_scale.dynamic_permille", dynamicPermille, 1, MOST);
    Check.range("energy_scale.static_permille", staticPermille, 1, MOST);
  }

  /** What prices of actions are multiplied by. */
  public double ofActions() {
    return dynamicPermille / WHOLE;
  }

  /** What leakage and clock are multiplied by. */
  public double ofTime() {
    return staticPermille / WHOLE;
  }
}
