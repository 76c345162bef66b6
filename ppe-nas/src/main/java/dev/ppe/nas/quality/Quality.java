package dev.ppe.nas.quality;

/** How good a candidate is. */
public sealed interface Quality {
  /**
   * More is better.
   *
   * @param value finite
   */
  record Known(double value) implements Quality {
    public Known {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a quality is " + value);
      }
    }
  }

  /** It could not be found out: the candidate fails. */
  record Unknown(String reason) implements Quality {}
}
