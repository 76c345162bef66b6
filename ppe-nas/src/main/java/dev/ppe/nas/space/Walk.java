package dev.ppe.nas.space;

import java.math.BigInteger;

/**
 * A way through a space, one parameter after the other, on which every step leaves a valid point
 * within reach. This is how a policy draws a point.
 *
 * <pre>{@code
 * for (Walk walk = space.walk(); !walk.isDone(); ) {
 *   walk.take(draw(walk.index(), walk::allows));
 * }
 * }</pre>
 *
 * <p>Parameters that are not in use are passed over.
 */
public final class Walk {
  private final Parameters parameters;
  private final DecisionDiagram diagram;
  private final int[] choices;
  private int layer;
  private int node;

  Walk(Parameters parameters, DecisionDiagram diagram) {
    this.parameters = parameters;
    this.diagram = diagram;
    choices = new int[parameters.count()];
    pass();
  }

  /** Whether all parameters are chosen. */
  public boolean isDone() {
    return layer == parameters.count();
  }

  /** The place, in the space's order, of the parameter that is to be chosen next. */
  public int index() {
    return layer;
  }

  /** The parameter that is to be chosen next. */
  public Parameter parameter() {
    return parameters.get(layer);
  }

  /** Whether a valid point goes on with this choice. */
  public boolean allows(int choice) {
    return choice >= 0
        && choice < parameter().size()
        && diagram.next(layer, node, choice) != DecisionDiagram.NONE;
  }

  /** How many valid points go on with this choice. */
  BigInteger points(int choice) {
    return allows(choice)
        ? diagram.paths(layer + 1, diagram.next(layer, node, choice))
        : BigInteger.ZERO;
  }

  /**
   * Makes a choice.
   *
   * @throws IllegalArgumentException if it is not allowed
   */
  public void take(int choice) {
    if (!allows(choice)) {
      throw new IllegalArgumentException(
          "%s may not be choice %d here".formatted(parameter().name(), choice));
    }
    step(choice);
    pass();
  }

  private void step(int choice) {
    choices[layer] = choice;
    node = diagram.next(layer, node, choice);
    layer++;
  }

  private void pass() {
    while (!isDone() && !diagram.uses(layer, node)) {
      step(Parameters.NOT_IN_USE);
    }
  }

  /** The point, when all is chosen. */
  Point point() {
    if (!isDone()) {
      throw new IllegalStateException(parameter().name() + " is not chosen");
    }
    return new Point(parameters, choices.clone());
  }
}
