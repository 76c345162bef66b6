package dev.ppe.nas.space;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/**
 * How many points a space has.
 *
 * @param points valid points, or an upper bound of them
 * @param exact whether it is the exact number
 */
public record Size(BigInteger points, boolean exact) {
  /** For example {@code 15625}, {@code at most 4.2e+31}. */
  @Override
  public String toString() {
    String number =
        points.bitLength() < 40
            ? points.toString()
            : String.format(Locale.ROOT, "%.2e", new BigDecimal(points));
    return exact ? number : "at most " + number;
  }
}
