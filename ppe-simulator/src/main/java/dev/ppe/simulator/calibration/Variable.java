package dev.ppe.simulator.calibration;

import dev.ppe.simulator.calibration.Parameter.Kind;
import dev.ppe.simulator.hardware.EnergyScale;

/**
 * A parameter while it is fitted, as a plain number: of a rate how many times slower than at the
 * start it is, of a duration how many times a unit it takes, of a factor how many times larger it
 * is. Latencies are linear in it, but for what overlaps; energies are linear.
 *
 * @param parameter which
 * @param start what the accelerator has now
 */
record Variable(Parameter parameter, long start) {
  /** A duration of nothing has to be counted in something: what such a thing may well take. */
  private static final double LEAST_INVOCATION_NS = 100_000;

  private static final double LEAST_LAYER_NS = 1_000;

  private static final double MOST_TIMES_A_RATE = 16;
  private static final double MOST_TIMES_A_CLOCK = 4;
  private static final double FARTHEST = 3;
  private static final double AT_THE_END = 1e-6;
  private static final double LONGEST_NS = 1e9;
  private static final double LEAST_RATE = 1e6;
  private static final double LARGEST_RATE = 1e13;
  private static final double LARGEST_CLOCK = 1e10;

  private double unit() {
    return Math.max(
        (double) start, parameter == Parameter.INVOCATION ? LEAST_INVOCATION_NS : LEAST_LAYER_NS);
  }

  /** The start as such a number. */
  double first() {
    return parameter.kind() == Kind.DURATION ? start / unit() : 1;
  }

  /** The least that makes sense. */
  double least() {
    return switch (parameter.kind()) {
      case DURATION -> 0;
      case RATE -> start / Math.min(LARGEST_RATE, start * MOST_TIMES_A_RATE);
      case CLOCK -> start / Math.min(LARGEST_CLOCK, start * MOST_TIMES_A_CLOCK);
      case FACTOR -> Math.max(1.0 / start, 1 / MOST_TIMES_A_RATE);
    };
  }

  /** The most that makes sense. */
  double most() {
    return switch (parameter.kind()) {
      case DURATION -> LONGEST_NS / unit();
      case RATE -> start / Math.max(LEAST_RATE, start / MOST_TIMES_A_RATE);
      case CLOCK -> start / Math.max(LEAST_RATE, start / MOST_TIMES_A_CLOCK);
      case FACTOR -> Math.min((double) EnergyScale.MOST / start, MOST_TIMES_A_RATE);
    };
  }

  /** The least that linear latencies around {@code x} are trusted for. */
  double leastNear(double x) {
    return parameter.kind() == Kind.DURATION ? least() : Math.max(least(), x / FARTHEST);
  }

  /** The most that they are trusted for. */
  double mostNear(double x) {
    return parameter.kind() == Kind.DURATION ? most() : Math.min(most(), x * FARTHEST);
  }

  /** Whether it is at an end of its range. A duration of nothing makes sense. */
  boolean isAtEnd(double x) {
    boolean least = parameter.kind() != Kind.DURATION && x <= least() * (1 + AT_THE_END);
    return least || x >= most() * (1 - AT_THE_END);
  }

  /** The constant that a number stands for. */
  long value(double x) {
    return Math.round(
        switch (parameter.kind()) {
          case DURATION -> x * unit();
          case RATE, CLOCK -> start / x;
          case FACTOR -> start * x;
        });
  }

  /** The error of the constant that an error of the number stands for. */
  double error(double x, double error) {
    return switch (parameter.kind()) {
      case DURATION -> error * unit();
      case RATE, CLOCK -> start / x * (error / x);
      case FACTOR -> start * error;
    };
  }

  /**
   * What an error is compared with: a duration of nothing is known where its error is small beside
   * what it was.
   */
  double size(double x) {
    return parameter.kind() == Kind.DURATION ? Math.max(x, first()) : x;
  }
}
