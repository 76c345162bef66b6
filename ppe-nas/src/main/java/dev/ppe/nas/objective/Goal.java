package dev.ppe.nas.objective;

import java.util.List;

/**
 * One score, of which more is better. Rewards combine the quality Q with costs T, each with a
 * target T0.
 */
public sealed interface Goal {
  /** A metric for itself: a gain as it is, a cost with the other sign. */
  record Optimize(Metric metric) implements Goal {
    @Override
    public double score(Metrics metrics) {
      double value = metrics.get(metric);
      return metric.isGain() ? value : -value;
    }
  }

  /**
   * Q (T / T0)^w for each cost, with w below 0 on both sides of the target (Tan et al., "MnasNet",
   * 2019: w = -0.07).
   */
  record MnasSoft(List<Target> costs, double exponent) implements Goal {
    public static final double EXPONENT = -0.07;

    public MnasSoft {
      costs = checked(costs);
      checkNegative("exponent", exponent);
    }

    @Override
    public double score(Metrics metrics) {
      double reward = metrics.get(Metric.QUALITY);
      for (Target cost : costs) {
        reward *= StrictMath.pow(cost.ratio(metrics), exponent);
      }
      return reward;
    }
  }

  /**
   * Q min((T / T0)^b, 1) for each cost, with b below 0: no reward for being faster than the target
   * (TuNAS's {@code mnas_hard}; Tan et al., "MnasNet", 2019, have b = -1).
   */
  record MnasHard(List<Target> costs, double exponent) implements Goal {
    public static final double EXPONENT = -1;

    public MnasHard {
      costs = checked(costs);
      checkNegative("exponent", exponent);
    }

    @Override
    public double score(Metrics metrics) {
      double reward = metrics.get(Metric.QUALITY);
      for (Target cost : costs) {
        reward *= Math.min(StrictMath.pow(cost.ratio(metrics), exponent), 1);
      }
      return reward;
    }
  }

  /**
   * Q + b |T / T0 - 1| for each cost, with b below 0: candidates come to the target from both sides
   * (Bender et al., "Can Weight Sharing Outperform Random Architecture Search?", 2020: b = -0.07;
   * TuNAS's code has -0.1).
   */
  record TunasAbsolute(List<Target> costs, double weight) implements Goal {
    public static final double WEIGHT = -0.1;

    public TunasAbsolute {
      costs = checked(costs);
      checkNegative("weight", weight);
    }

    @Override
    public double score(Metrics metrics) {
      double reward = metrics.get(Metric.QUALITY);
      for (Target cost : costs) {
        reward += weight * Math.abs(cost.ratio(metrics) - 1);
      }
      return reward;
    }
  }

  /**
   * A cost and its target.
   *
   * @param metric of which less is better
   * @param value in the metric's unit, above 0
   */
  record Target(Metric metric, double value) {
    public Target {
      if (metric.isGain() || !(value > 0) || !Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "%s has the target %s, must be a cost with a target above 0"
                .formatted(metric.word(), value));
      }
    }

    /** T / T0; a cost of 0 counts as a millionth of the target, so that powers stay finite. */
    double ratio(Metrics metrics) {
      return Math.max(metrics.get(metric) / value, 1e-6);
    }
  }

  /**
   * The score of a candidate.
   *
   * @throws IllegalArgumentException if a metric it needs is not known
   */
  double score(Metrics metrics);

  private static List<Target> checked(List<Target> costs) {
    if (costs.isEmpty()) {
      throw new IllegalArgumentException("a reward needs a cost with a target");
    }
    return List.copyOf(costs);
  }

  private static void checkNegative(String what, double value) {
    if (!(value < 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(what + " is " + value + ", must be below 0");
    }
  }
}
