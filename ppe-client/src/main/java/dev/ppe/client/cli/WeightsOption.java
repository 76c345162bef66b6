package dev.ppe.client.cli;

import dev.ppe.simulator.format.export.Weights;
import java.util.Locale;

/** What stands for weights. */
public enum WeightsOption {
  ZERO,
  RANDOM;

  /** As the writers of files take them. */
  public Weights of(long seed) {
    return switch (this) {
      case ZERO -> Weights.ZERO;
      case RANDOM -> new Weights.Random(seed);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
