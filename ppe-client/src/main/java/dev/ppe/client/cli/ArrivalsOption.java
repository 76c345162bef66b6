package dev.ppe.client.cli;

import dev.ppe.client.load.Arrivals;
import java.util.Locale;

/** How requests are spread over time. */
enum ArrivalsOption {
  POISSON,
  CONSTANT;

  Arrivals arrivals(double rate, long seed) {
    return switch (this) {
      case POISSON -> Arrivals.poisson(rate, seed);
      case CONSTANT -> Arrivals.constant(rate);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
