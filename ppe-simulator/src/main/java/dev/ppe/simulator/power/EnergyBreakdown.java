package dev.ppe.simulator.power;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Energy by what it is spent on, in microjoules.
 *
 * @param parts microjoules by part; parts that took nothing are left out
 */
public record EnergyBreakdown(Map<EnergyPart, Double> parts) {
  /** Nothing spent. */
  public static final EnergyBreakdown NONE = new EnergyBreakdown(Map.of());

  public EnergyBreakdown {
    Map<EnergyPart, Double> copy = new EnumMap<>(EnergyPart.class);
    parts.forEach(
        (part, uj) -> {
          if (!(uj >= 0 && Double.isFinite(uj))) {
            throw new IllegalArgumentException(part + " took " + uj + " uJ");
          }
          if (uj > 0) {
            copy.put(part, uj);
          }
        });
    parts = Collections.unmodifiableMap(copy);
  }

  /** What went to {@code part}. */
  public double of(EnergyPart part) {
    return parts.getOrDefault(part, 0.0);
  }

  /** What went to all parts of {@code component}. */
  public double of(Component component) {
    return parts.entrySet().stream()
        .filter(entry -> entry.getKey().component() == component)
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** All of it. */
  public double totalUj() {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What is spent on doing something: all but leakage and clock. */
  public double dynamicUj() {
    return totalUj() - of(Component.LEAKAGE);
  }
}
