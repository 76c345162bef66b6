package dev.ppe.report.answer;

import dev.ppe.v1.Energy;
import dev.ppe.v1.EstimateResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** What energy was spent in, in words. */
public final class EnergyParts {
  private EnergyParts() {}

  /** Whether any is counted: a host's is not, and a table may have no prices. */
  public static boolean isCounted(EstimateResponse response) {
    return response.getEnergyUj() > 0;
  }

  /** Microjoules by where they were spent, in the contract's order; they add up to the whole. */
  public static Map<String, Double> of(Energy energy) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("MAC arrays", energy.getMacArrayUj());
    parts.put("vector units", energy.getVectorUnitUj());
    parts.put("PE memories", energy.getPeMemoryUj());
    parts.put("parameter memories", energy.getParameterMemoryUj());
    parts.put("network", energy.getNetworkUj());
    parts.put("DRAM", energy.getDramUj());
    parts.put("host link", energy.getHostLinkUj());
    parts.put("leakage and clock", energy.getLeakageUj());
    return parts;
  }
}
