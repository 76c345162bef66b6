package dev.ppe.nas.topology;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.Value;
import dev.ppe.nas.expression.Value.Truth;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

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

  /** Names of the parameters that its condition and its figures read. */
  public Set<String> reads() {
    Set<String> names = new TreeSet<>();
    when.ifPresent(condition -> names.addAll(condition.names()));
    fields.values().forEach(field -> names.addAll(field.names()));
    return names;
  }

  /** Whether it is in the network with these values of the parameters. */
  public boolean isThere(Function<String, Value> values) {
    return when.isEmpty() || when.get().evaluate(values) == Truth.TRUE;
  }

  /**
   * This layer as a network of its own.
   *
   * @param input shape of what it reads, [N, H, W, C] or [N, C]
   * @throws IllegalArgumentException if it does not fit, or reads more than the layer before it
   */
  public Graph alone(Function<String, Value> values, List<Integer> input) {
    GraphBuilder net = GraphBuilder.named(name, Arithmetic.INT8);
    ChainWriter writer = ChainWriter.of(net, input);
    writer.write(new LayerFields(this, values));
    return writer.build();
  }
}
