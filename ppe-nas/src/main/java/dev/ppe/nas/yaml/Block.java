package dev.ppe.nas.yaml;

import dev.ppe.nas.expression.Expression;
import java.util.Optional;

/**
 * Where a statement stands.
 *
 * @param prefix of the names in it: empty, or {@code g1.b0.}
 * @param when the block is there: always, or under a condition
 * @param depth of blocks around it
 */
record Block(String prefix, Optional<Expression> when, int depth) {
  static final Block OUTERMOST = new Block("", Optional.empty(), 0);

  /** A block in this one, there under one more condition. */
  Block inner(String name, Optional<Expression> condition) {
    return new Block(prefix + name + ".", both(condition), depth + 1);
  }

  /** Where this one is, and one level deeper. */
  Block nested() {
    return new Block(prefix, when, depth + 1);
  }

  /** The condition of the block and one more. */
  Optional<Expression> both(Optional<Expression> condition) {
    return when.isEmpty()
        ? condition
        : Optional.of(condition.map(when.get()::and).orElse(when.get()));
  }
}
