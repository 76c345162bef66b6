package dev.ppe.nas.cost;

import dev.ppe.nas.space.Point;
import java.util.List;

/**
 * Predicts one metric of a point, as a sum of
 *
 * <ul>
 *   <li>a constant, and a weight for the point's row of each group;
 *   <li>{@linkplain Hinge hinges}, linear above a knot, of inputs;
 *   <li>{@linkplain Trees trees} over inputs.
 * </ul>
 *
 * <p>Inputs are, in this order: for each segment of the layout the sums of each quantity over its
 * groups; the sums of each quantity over all groups; and the number of each parameter's choice, -1
 * where it is not in use. Does not change; safe for use by many threads.
 */
public final class Predictor {
  /**
   * A piece of a linear spline: {@code slope * max(0, input - knot)}.
   *
   * @param input its number
   */
  record Hinge(int input, double knot, double slope) {}

  private final Layout layout;
  private final int choices;
  private final double constant;
  private final double[] weights;
  private final List<Quantity> quantities;
  private final double[] table;
  private final List<Hinge> hinges;
  private final Trees trees;

  /**
   * A predictor.
   *
   * @param choices number of the space's parameters
   * @param weights of the layout's rows
   */
  Predictor(
      Layout layout,
      int choices,
      double constant,
      double[] weights,
      List<Quantity> quantities,
      List<Hinge> hinges,
      Trees trees) {
    this.layout = layout;
    this.choices = choices;
    this.constant = constant;
    this.weights = weights.clone();
    this.quantities = List.copyOf(quantities);
    this.hinges = List.copyOf(hinges);
    this.trees = trees;
    int count = quantities.size();
    table = new double[layout.rows() * count];
    for (int q = 0; q < count; q++) {
      for (int row = 0; row < layout.rows(); row++) {
        table[row * count + q] = quantities.get(q).value(row);
      }
    }
    int inputs = inputs();
    if (trees.width() > inputs || hinges.stream().anyMatch(hinge -> hinge.input() >= inputs)) {
      throw new IllegalArgumentException(
          "a hinge or a tree reads an input that is not there: there are %d".formatted(inputs));
    }
  }

  /** Number of inputs. */
  int inputs() {
    return (layout.segmentNames().size() + 1) * quantities.size() + choices;
  }

  /** The prediction, in the metric's unit. */
  public double predict(Point point) {
    double sum = constant;
    for (int g = 0; g < layout.size(); g++) {
      sum += weights[layout.row(g, point)];
    }
    if (hinges.isEmpty() && trees.size() == 0) {
      return sum;
    }
    double[] inputs = inputs(point);
    for (Hinge hinge : hinges) {
      sum += hinge.slope() * Math.max(0, inputs[hinge.input()] - hinge.knot());
    }
    if (trees.size() > 0) {
      float[] rounded = new float[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        rounded[i] = (float) inputs[i];
      }
      sum += trees.sum(rounded);
    }
    return sum;
  }

  /** The inputs of a point. */
  double[] inputs(Point point) {
    int count = quantities.size();
    int totals = layout.segmentNames().size() * count;
    double[] inputs = new double[inputs()];
    for (int g = 0; g < layout.size(); g++) {
      int row = layout.row(g, point) * count;
      int segment = layout.segment(g) * count;
      for (int q = 0; q < count; q++) {
        inputs[segment + q] += table[row + q];
        inputs[totals + q] += table[row + q];
      }
    }
    for (int p = 0; p < choices; p++) {
      inputs[totals + count + p] = point.choice(p);
    }
    return inputs;
  }

  Layout layout() {
    return layout;
  }

  int choices() {
    return choices;
  }

  double constant() {
    return constant;
  }

  double weight(int row) {
    return weights[row];
  }

  List<Quantity> quantities() {
    return quantities;
  }

  List<Hinge> hinges() {
    return hinges;
  }

  Trees trees() {
    return trees;
  }

  /** This one with trees and another constant. */
  Predictor with(double otherConstant, Trees others) {
    return new Predictor(layout, choices, otherConstant, weights, quantities, hinges, others);
  }
}
