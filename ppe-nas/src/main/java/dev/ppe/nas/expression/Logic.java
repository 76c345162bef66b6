package dev.ppe.nas.expression;

import dev.ppe.nas.expression.Expression.Connective;
import dev.ppe.nas.expression.Value.Truth;
import dev.ppe.nas.expression.Value.Unknown;

/** Kleene's logic of true, false and unknown. */
final class Logic {
  private Logic() {}

  static Value not(Value value) {
    return value instanceof Truth truth ? Truth.of(truth == Truth.FALSE) : value;
  }

  /** Whether the left side alone tells the answer. */
  static boolean isSettled(Connective connective, Value left) {
    return left == (connective == Connective.OR ? Truth.TRUE : Truth.FALSE);
  }

  /** The answer where the left side tells it. */
  static Truth settled(Connective connective) {
    return Truth.of(connective != Connective.AND);
  }

  static Value join(Connective connective, Value left, Value right) {
    return switch (connective) {
      case AND -> and(left, right);
      case OR -> not(and(not(left), not(right)));
      case IMPLIES -> not(and(left, not(right)));
    };
  }

  private static Value and(Value left, Value right) {
    if (left == Truth.FALSE || right == Truth.FALSE) {
      return Truth.FALSE;
    }
    return left == Unknown.UNKNOWN ? left : right;
  }
}
