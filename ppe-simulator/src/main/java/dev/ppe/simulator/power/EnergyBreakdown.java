package dev.ppe.simulator.power;

/**
 * The energy of one inference by where it is spent, in microjoules.
 *
 * @param macArrayUj multiply-accumulates and their accumulators
 * @param vectorUnitUj elementwise operations
 * @param peMemoryUj activation memories
 * @param parameterMemoryUj parameter memories
 * @param networkUj links between PEs
 * @param dramUj off-chip memory
 * @param hostLinkUj the accelerator's end of the host link
 * @param leakageUj leakage and clock over the whole inference
 */
public record EnergyBreakdown(
    double macArrayUj,
    double vectorUnitUj,
    double peMemoryUj,
    double parameterMemoryUj,
    double networkUj,
    double dramUj,
    double hostLinkUj,
    double leakageUj) {

  /** All of it. */
  public double totalUj() {
    return activeUj() + leakageUj;
  }

  /**
   * What the inference takes above idling: the paper's protocol, which runs at a fixed rate,
   * subtracts the idle power and multiplies the rest by the latency.
   */
  public double activeUj() {
    return macArrayUj
        + vectorUnitUj
        + peMemoryUj
        + parameterMemoryUj
        + networkUj
        + dramUj
        + hostLinkUj;
  }
}
