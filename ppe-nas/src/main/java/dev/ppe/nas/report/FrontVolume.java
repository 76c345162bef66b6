package dev.ppe.nas.report;

import dev.ppe.nas.objective.Hypervolume;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the Pareto front grew: the hypervolume that the trials so far dominate, as a share of the box
 * between a reference and the best figure of each axis.
 *
 * <p>The reference is the worst figure of each axis on the front as it is now, and a tenth of the
 * front's extent beyond (Ishibuchi et al., "How to Specify a Reference Point in Hypervolume
 * Calculation for Fair Performance Comparison", 2018, discuss it). So early trials that lie outside
 * of the box count for nothing, and the figures of two studies do not compare. Exact for two and
 * three axes, and not computed for more.
 *
 * @param axes the metrics of the objective
 * @param reference in each axis's unit
 * @param ideal the best of each axis, in its unit
 * @param steps where the front changed; of many changes some, evenly spread, and the last
 */
public record FrontVolume(
    List<Metric> axes, List<Double> reference, List<Double> ideal, List<Step> steps) {
  private static final double MARGIN = 0.1;

  /** Volumes of three axes cost the square of the front's size. */
  private static final int MOST_STEPS_IN_PLANE = 400;

  private static final int MOST_STEPS_IN_SPACE = 100;

  public FrontVolume {
    axes = List.copyOf(axes);
    reference = List.copyOf(reference);
    ideal = List.copyOf(ideal);
    steps = List.copyOf(steps);
  }

  /**
   * The growth of a front; empty if it has not two or three axes, if there is none, or if its
   * figures are so large or so close that no volume is a number.
   *
   * @param front the trials that are on it in the end
   */
  static Optional<FrontVolume> of(List<Metric> axes, List<Judged> trials, List<Trial> front) {
    if (axes.size() < 2 || axes.size() > 3 || front.isEmpty()) {
      return Optional.empty();
    }
    List<List<Double>> last = front.stream().map(trial -> gains(axes, trial)).toList();
    List<Double> best = extremes(last, axes.size(), true);
    List<Double> worst = extremes(last, axes.size(), false);
    List<Double> reference =
        IntStream.range(0, axes.size())
            .mapToObj(axis -> worst.get(axis) - margin(worst.get(axis), best.get(axis)))
            .toList();
    List<Step> steps = steps(changes(axes, trials), reference, best);
    return steps.stream().allMatch(step -> Double.isFinite(step.value()))
            && reference.stream().allMatch(Double::isFinite)
        ? Optional.of(new FrontVolume(axes, figures(axes, reference), figures(axes, best), steps))
        : Optional.empty();
  }

  /** A front of one figure has no extent: a tenth of the figure stands for it. */
  private static double margin(double worst, double best) {
    double extent = best - worst;
    double size = extent > 0 ? extent : Math.abs(best);
    return MARGIN * (size > 0 ? size : 1);
  }

  /** The front after a trial that changed it. */
  private record Change(long trial, List<List<Double>> front) {}

  private static List<Change> changes(List<Metric> axes, List<Judged> trials) {
    List<Change> changes = new ArrayList<>();
    List<List<Double>> front = new ArrayList<>();
    for (Judged each : trials) {
      if (!each.isNewAndFeasible()) {
        continue;
      }
      List<Double> gains = gains(axes, each.trial());
      if (front.stream().noneMatch(other -> isNowhereWorse(other, gains))) {
        front.removeIf(other -> isNowhereWorse(gains, other));
        front.add(gains);
        changes.add(new Change(each.trial().number(), List.copyOf(front)));
      }
    }
    return changes;
  }

  private static boolean isNowhereWorse(List<Double> one, List<Double> other) {
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) < other.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static List<Step> steps(
      List<Change> changes, List<Double> reference, List<Double> ideal) {
    double box = 1;
    for (int i = 0; i < ideal.size(); i++) {
      box *= ideal.get(i) - reference.get(i);
    }
    int most = ideal.size() == 2 ? MOST_STEPS_IN_PLANE : MOST_STEPS_IN_SPACE;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      boolean last = i == changes.size() - 1;
      long before = (long) i * most / changes.size();
      long here = (long) (i + 1) * most / changes.size();
      if (last || changes.size() <= most || here > before) {
        Change change = changes.get(i);
        steps.add(new Step(change.trial(), Hypervolume.of(change.front(), reference) / box));
      }
    }
    return steps;
  }

  /** More is better. */
  private static List<Double> gains(List<Metric> axes, Trial trial) {
    return axes.stream().map(axis -> sign(axis) * trial.metrics().orElseThrow().get(axis)).toList();
  }

  private static List<Double> figures(List<Metric> axes, List<Double> gains) {
    return IntStream.range(0, axes.size()).mapToObj(i -> sign(axes.get(i)) * gains.get(i)).toList();
  }

  private static double sign(Metric metric) {
    return metric.isGain() ? 1 : -1;
  }

  private static List<Double> extremes(List<List<Double>> points, int axes, boolean largest) {
    return IntStream.range(0, axes)
        .mapToObj(
            axis ->
                points.stream()
                    .map(point -> point.get(axis))
                    .reduce((one, other) -> largest ? Math.max(one, other) : Math.min(one, other))
                    .orElseThrow())
        .toList();
  }
}
