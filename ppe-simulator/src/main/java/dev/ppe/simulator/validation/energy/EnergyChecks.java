package dev.ppe.simulator.validation.energy;

import java.util.List;

/** The register of checks. */
public final class EnergyChecks {
  /** What the command line calls them, beside the tables. */
  public static final String ID = "energy";

  private static final List<EnergyCheck> ALL =
      List.of(
          new FullLoad(),
          new DataSheet(),
          new LatencyTrend(),
          new EqualLatency("tensor-g1", "DRAM"),
          new EqualLatency("coral-usb", "host link"));

  private EnergyChecks() {}

  /** What came out of each, now: a few seconds' work. */
  public static List<EnergyFinding> examine() {
    return ALL.stream().map(EnergyCheck::examine).toList();
  }
}
