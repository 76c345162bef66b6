package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.ArrayList;
import java.util.List;

/** The predictions for all anchors of all maps, as a detector gives them to the suppression. */
final class Anchors {
  /** The corners of a box, relative to its anchor. */
  static final int COORDINATES = 4;

  private Anchors() {}

  /**
   * Joins what the predictors of each map gave.
   *
   * @param boxes maps with four channels for each anchor of a position
   * @param logits maps with {@code classes} channels for each
   * @return boxes [1, anchors, 4] and scores [1, anchors, classes]
   */
  static Value[] join(GraphBuilder net, List<Value> boxes, List<Value> logits, int classes) {
    Value joined = rows(net.scope("boxes"), boxes, COORDINATES);
    GraphBuilder scores = net.scope("scores");
    Value scored = scores.unary("logistic", UnaryFunction.LOGISTIC, rows(scores, logits, classes));
    return new Value[] {joined, scored};
  }

  private static Value rows(GraphBuilder net, List<Value> maps, int columns) {
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      rows.add(net.reshape("reshape" + i, maps.get(i), 1, -1, columns));
    }
    return net.concat("concat", 1, rows);
  }
}
