package dev.ppe.client.cli;

import dev.ppe.simulator.builder.Arithmetic;
import java.util.Locale;

/** The numbers that a built-in network computes with. */
enum ArithmeticOption {
  INT8(Arithmetic.INT8),
  FLOAT32(Arithmetic.FLOAT32);

  private final Arithmetic arithmetic;

  ArithmeticOption(Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
