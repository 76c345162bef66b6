package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.validation.statistics.LinearFit;
import dev.ppe.simulator.validation.statistics.LinearFit.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Constants of a preset that were fitted to measurements, fitted again now: one Gauss-Newton step
 * from those in use towards the least sum of squared relative errors. Each constant is varied by a
 * twentieth both ways, and the figure taken as linear in it.
 *
 * @param rows which they are fitted to, in words
 * @param quantity the figure that they are fitted to
 * @param included whether a row is one of them
 * @param constants all of one preset
 */
public record FittedConstants(
    String rows,
    Quantity quantity,
    Predicate<EvaluatedRow> included,
    List<PresetConstant> constants) {
  private static final int PART_VARIED = 20;

  /**
   * The outcome.
   *
   * @param preset whose constants they are
   * @param rows which they are fitted to, in words
   * @param quantity that they are fitted to
   * @param names of the constants, as paths in the preset's file
   * @param inUse what the preset has
   * @param fit over all rows, with the error of each row left out
   */
  public record Outcome(
      String preset,
      String rows,
      String quantity,
      List<String> names,
      List<Long> inUse,
      LinearFit fit) {
    public Outcome {
      names = List.copyOf(names);
      inUse = List.copyOf(inUse);
    }
  }

  public FittedConstants {
    constants = List.copyOf(constants);
  }

  static FittedConstants of(
      String preset,
      String rows,
      Quantity quantity,
      Predicate<EvaluatedRow> included,
      String... paths) {
    List<PresetConstant> constants = new ArrayList<>();
    for (String path : paths) {
      constants.add(new PresetConstant(preset, path));
    }
    return new FittedConstants(rows, quantity, included, constants);
  }

  /** Fits; there is no outcome with fewer rows than constants and one. */
  List<Outcome> fit(List<EvaluatedRow> evaluated) {
    List<EvaluatedRow> fitted =
        evaluated.stream()
            .filter(row -> quantity.isIn(row) && quantity.pair(row).measured() > 0)
            .filter(included)
            .toList();
    if (fitted.size() <= constants.size()) {
      return List.of();
    }
    List<Variation> variations = constants.stream().map(Variation::of).toList();
    return List.of(
        new Outcome(
            constants.getFirst().preset(),
            rows,
            quantity.name(),
            constants.stream().map(PresetConstant::path).toList(),
            constants.stream().map(PresetConstant::value).toList(),
            LinearFit.relative(fitted.stream().map(row -> point(row, variations)).toList())));
  }

  /** A preset with less and with more of one constant. */
  private record Variation(long value, long step, Accelerator less, Accelerator more) {
    static Variation of(PresetConstant constant) {
      long value = constant.value();
      long step = value / PART_VARIED;
      if (step == 0) {
        throw new IllegalArgumentException(constant + " is too small to be varied: " + value);
      }
      return new Variation(value, step, constant.with(value - step), constant.with(value + step));
    }
  }

  private Point point(EvaluatedRow row, List<Variation> variations) {
    double offset = quantity.pair(row).predicted();
    List<Double> slopes = new ArrayList<>();
    for (Variation variation : variations) {
      double slope =
          (figure(row, variation.more()) - figure(row, variation.less()))
              / (2.0 * variation.step());
      offset -= slope * variation.value();
      slopes.add(slope);
    }
    return new Point(quantity.pair(row).measured(), offset, slopes);
  }

  private double figure(EvaluatedRow row, Accelerator accelerator) {
    return quantity
        .model()
        .applyAsDouble(
            PerformanceEvaluator.evaluate(
                row.graph(), accelerator, Fidelity.CYCLE, Interruption.NEVER));
  }
}
