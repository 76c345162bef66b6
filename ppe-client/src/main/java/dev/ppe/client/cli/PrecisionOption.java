package dev.ppe.client.cli;

import dev.ppe.v1.Precision;
import java.util.Locale;

/** The numbers to compute with. */
enum PrecisionOption {
  STORED(Precision.PRECISION_STORED),
  INT8(Precision.PRECISION_INT8),
  BF16(Precision.PRECISION_BF16);

  private final Precision message;

  PrecisionOption(Precision message) {
    this.message = message;
  }

  /** As requests have it. */
  Precision message() {
    return message;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
