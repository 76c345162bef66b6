package dev.ppe.nas.topology;

import dev.ppe.nas.expression.Expression;
import java.util.Map;
import java.util.Optional;

/**
 * A layer of a {@link Chain}.
 *
 * @param name of its scope in the network
 * @param kind what it is
 * @param when it is there: always, or under a condition
 * @param fields formulas of its figures
 */
public record ChainLayer(
    String name, LayerKind kind, Optional<Expression> when, Map<String, Expression> fields) {
  public ChainLayer {
    fields = Map.copyOf(fields);
    kind.check(fields.keySet());
  }
}
