package dev.ppe.simulator.power;

/**
 * Power of inferences at a steady rate, as one measures it on a device: idle between them, and what
 * idling takes subtracted. {@code docs/energy.md} compares it with the paper's protocol.
 *
 * @param rate inferences a second, as asked for
 * @param sustainedRate inferences a second that are possible: the rate, or one after the other
 * @param averageMw over inferences and pauses, in milliwatts
 * @param activeMw of that what idling would not take
 * @param activeUj of one inference what idling for as long would not take, in microjoules
 */
public record PowerAtRate(
    double rate, double sustainedRate, double averageMw, double activeMw, double activeUj) {
  /** Inferences a second in the paper, and where nothing else is asked for. */
  public static final double DEFAULT_RATE = 30;

  /** The highest rate that makes sense. */
  public static final double MOST = 1e6;

  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MW_TIMES_US_TO_UJ = 1e-3;
  private static final double UJ_PER_SECOND_TO_MW = 1e-3;

  /**
   * Works it out.
   *
   * @param rate inferences a second, above 0 and up to {@link #MOST}
   * @param latencyUs of one
   * @param energyUj of one
   * @param idleMw power without any
   * @throws IllegalArgumentException if the rate is none
   */
  public static PowerAtRate of(double rate, double latencyUs, double energyUj, double idleMw) {
    if (!(rate > 0 && rate <= MOST)) {
      throw new IllegalArgumentException(
          "a rate of %s a second, must be above 0 and at most %.0f".formatted(rate, MOST));
    }
    double sustained = Math.min(rate, MICROS_PER_SECOND / latencyUs);
    double active = Math.max(0, energyUj - idleMw * latencyUs * MW_TIMES_US_TO_UJ);
    double activeMw = active * sustained * UJ_PER_SECOND_TO_MW;
    return new PowerAtRate(rate, sustained, idleMw + activeMw, activeMw, active);
  }

  /** Whether an inference ends before the next is due. */
  public boolean keepsUp() {
    return sustainedRate >= rate;
  }
}
