package dev.ppe.client.cli;

import dev.ppe.simulator.graph.precision.Precision;
import java.util.Locale;

/** The numbers to compute with. */
enum PrecisionOption {
  STORED(Precision.STORED, dev.ppe.v1.Precision.PRECISION_STORED),
  INT8(Precision.INT8, dev.ppe.v1.Precision.PRECISION_INT8),
  BF16(Precision.BF16, dev.ppe.v1.Precision.PRECISION_BF16);

  private final Precision precision;
  private final dev.ppe.v1.Precision message;

  PrecisionOption(Precision precision, dev.ppe.v1.Precision message) {
    this.precision = precision;
    this.message = message;
  }

  /** As requests have it. */
  dev.ppe.v1.Precision message() {
    return message;
  }

  /** Unless chosen, of built-in networks: integers would stay where bfloat16 is asked for. */
  ArithmeticOption arithmetic() {
    return this == BF16 ? ArithmeticOption.FLOAT32 : ArithmeticOption.INT8;
  }

  /** As networks are converted with it. */
  Precision precision() {
    return precision;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
