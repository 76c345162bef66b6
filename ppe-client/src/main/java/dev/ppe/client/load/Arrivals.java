package dev.ppe.client.load;

import java.util.SplittableRandom;

/** The times between one request and the next. */
public interface Arrivals {
  /** Nanoseconds from the request before to the next one. */
  double nextGap();

  /** One after the other at equal distances. */
  static Arrivals constant(double ratePerSecond) {
    double gap = gap(ratePerSecond);
    return () -> gap;
  }

  /**
   * As independent users send them: distances are exponentially distributed.
   *
   * @param seed the same one gives the same times
   */
  static Arrivals poisson(double ratePerSecond, long seed) {
    double gap = gap(ratePerSecond);
    SplittableRandom random = new SplittableRandom(seed);
    return () -> -Math.log1p(-random.nextDouble()) * gap;
  }

  private static double gap(double ratePerSecond) {
    if (!(ratePerSecond > 0 && ratePerSecond <= 1e9)) {
      throw new IllegalArgumentException("rate is " + ratePerSecond + ", must be above 0");
    }
    return 1e9 / ratePerSecond;
  }
}
