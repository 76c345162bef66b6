package dev.ppe.simulator.validation.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a fit is worth on rows that it has not seen. */
public final class LeaveOneOut {
  private LeaveOneOut() {}

  /**
   * The prediction of each row by a fit to all the others.
   *
   * @param fit from two rows or more to what predicts one
   * @return in the order of {@code rows}; none if there are fewer than two
   */
  public static <R> List<Double> predictions(
      List<R> rows, Function<List<R>, ToDoubleFunction<R>> fit) {
    List<Double> predictions = new ArrayList<>();
    for (int i = 0; rows.size() > 1 && i < rows.size(); i++) {
      List<R> others = new ArrayList<>(rows);
      others.remove(i);
      predictions.add(fit.apply(others).applyAsDouble(rows.get(i)));
    }
    return predictions;
  }
}
