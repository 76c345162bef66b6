package dev.ppe.simulator.power;

import dev.ppe.simulator.Interruption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Power over time: each piece of work spreads its energy evenly over its interval, and pieces that
 * overlap add up. Between two changes the power is constant.
 *
 * @param steps in the order of time, without gaps, from 0 to the end
 */
public record PowerTrace(List<Step> steps) {
  private static final double MICROJOULES_TO_MW = 1e3; // 1 uJ in 1 us is 1 W

  /**
   * Constant power for a while.
   *
   * @param startUs first microsecond
   * @param endUs first microsecond after it
   * @param milliwatts power meanwhile
   */
  public record Step(double startUs, double endUs, double milliwatts) {
    double microjoules() {
      return milliwatts * (endUs - startUs) / MICROJOULES_TO_MW;
    }
  }

  /**
   * Work that takes energy.
   *
   * @param startUs when it begins, in microseconds
   * @param endUs when it ends, after its start
   * @param microjoules what it takes
   */
  public record Work(double startUs, double endUs, double microjoules) {
    public Work {
      if (!(startUs >= 0 && endUs > startUs && microjoules >= 0)) {
        throw new IllegalArgumentException(
            "%s uJ from %s to %s us".formatted(microjoules, startUs, endUs));
      }
    }

    private double milliwatts() {
      return microjoules / (endUs - startUs) * MICROJOULES_TO_MW;
    }
  }

  /** A change of power. */
  private record Change(double atUs, double milliwatts) {}

  public PowerTrace {
    steps = List.copyOf(steps);
  }

  /** The power of all of {@code works} together; empty where there are none. */
  public static PowerTrace of(List<Work> works) {
    return of(works, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static PowerTrace of(List<Work> works, Interruption interruption) {
    List<Change> changes = new ArrayList<>(2 * works.size());
    double end = 0;
    for (Work work : works) {
      interruption.check();
      changes.add(new Change(work.startUs, work.milliwatts()));
      changes.add(new Change(work.endUs, -work.milliwatts()));
      end = Math.max(end, work.endUs);
    }
    changes.sort(interruption.whileComparing(Comparator.comparingDouble(Change::atUs)));
    List<Step> steps = new ArrayList<>();
    double now = 0;
    double milliwatts = 0;
    for (Change change : changes) {
      interruption.check();
      if (change.atUs > now) {
        steps.add(new Step(now, change.atUs, Math.max(0, milliwatts))); // rounding
        now = change.atUs;
      }
      milliwatts += change.milliwatts;
    }
    return new PowerTrace(steps);
  }

  /** When it ends, in microseconds. */
  public double endUs() {
    return steps.isEmpty() ? 0 : steps.getLast().endUs();
  }

  /** All energy, in microjoules. */
  public double microjoules() {
    return steps.stream().mapToDouble(Step::microjoules).sum();
  }

  /**
   * The highest average over any window of that length, in milliwatts; over the whole where it is
   * shorter. Where the power is constant between changes, such a window begins or ends at a change:
   * one pass over all those.
   *
   * @param windowUs length in microseconds, above 0
   */
  public double peakMw(double windowUs) {
    return peakMw(windowUs, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public double peakMw(double windowUs, Interruption interruption) {
    if (!(windowUs > 0)) {
      throw new IllegalArgumentException("a window of " + windowUs + " us");
    }
    if (steps.isEmpty()) {
      return 0;
    }
    double window = Math.min(windowUs, endUs());
    return new Window(window, interruption).most() / window * MICROJOULES_TO_MW;
  }

  /** A window that slides from the start to the end, with the energy in it. */
  private final class Window {
    private final double length;
    private final Interruption interruption;
    private int first; // step in which it begins
    private int last; // step in which it ends
    private double begin;
    private double energy;

    Window(double length, Interruption interruption) {
      this.length = length;
      this.interruption = interruption;
      while (last < steps.size() - 1 && steps.get(last).endUs() < length) {
        energy += steps.get(last).microjoules();
        last++;
      }
      energy += power(last) * (length - steps.get(last).startUs());
    }

    /** Energy in a microsecond of a step. */
    private double power(int step) {
      return steps.get(step).milliwatts() / MICROJOULES_TO_MW;
    }

    double most() {
      double most = energy;
      int taken = 0;
      while (begin + length < endUs()) {
        interruption.checkAt(taken++);
        double toNextStart = steps.get(first).endUs() - begin;
        double toNextEnd = steps.get(last).endUs() - (begin + length);
        double step = Math.max(0, Math.min(toNextStart, toNextEnd));
        energy += step * (power(last) - power(first));
        begin += step;
        most = Math.max(most, energy);
        if (toNextStart <= toNextEnd) {
          begin = steps.get(first).endUs();
          first++;
        }
        if (toNextEnd <= toNextStart) {
          if (last == steps.size() - 1) {
            break;
          }
          last++;
        }
      }
      return most;
    }
  }
}
