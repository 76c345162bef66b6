package dev.ppe.simulator.power;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Energy by what it is spent on, in microjoules. Immutable; equal energies are equal. */
@SuppressWarnings("EnumOrdinal") // an array by part, which nothing outlives
public final class EnergyBreakdown {
  private static final EnergyPart[] PARTS = EnergyPart.values();

  /** Nothing spent. */
  public static final EnergyBreakdown NONE = new EnergyBreakdown(new double[PARTS.length]);

  private final double[] parts;

  private EnergyBreakdown(double[] parts) {
    this.parts = parts;
  }

  /** What gathers energy. */
  static final class Sum {
    private final double[] parts = new double[PARTS.length];

    void add(EnergyPart part, double uj) {
      parts[part.ordinal()] += uj;
    }

    EnergyBreakdown energy() {
      return new EnergyBreakdown(parts.clone());
    }
  }

  /**
   * Energy of these parts, and none of others.
   *
   * @param parts microjoules by part, 0 or more
   */
  public static EnergyBreakdown of(Map<EnergyPart, Double> parts) {
    Sum sum = new Sum();
    parts.forEach(
        (part, uj) -> {
          if (!(uj >= 0 && Double.isFinite(uj))) {
            throw new IllegalArgumentException(part + " took " + uj + " uJ");
          }
          sum.add(part, uj);
        });
    return sum.energy();
  }

  /** What went to {@code part}. */
  public double of(EnergyPart part) {
    return parts[part.ordinal()];
  }

  /** What went to all parts of {@code component}. */
  public double of(Component component) {
    double sum = 0;
    for (EnergyPart part : PARTS) {
      sum += part.component() == component ? of(part) : 0;
    }
    return sum;
  }

  /** All of it. */
  public double totalUj() {
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }

  /** What is spent on doing something: all but leakage and clock. */
  public double dynamicUj() {
    return totalUj() - of(Component.LEAKAGE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EnergyBreakdown that && Arrays.equals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  @Override
  public String toString() {
    Map<EnergyPart, Double> spent = new EnumMap<>(EnergyPart.class);
    for (EnergyPart part : PARTS) {
      if (of(part) > 0) {
        spent.put(part, of(part));
      }
    }
    return spent + " uJ";
  }
}
