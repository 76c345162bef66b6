package dev.ppe.simulator.zoo.nasbench;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one cell, from its result backwards, so that edges on no path from the cell's input to its
 * result are left out: a converter removes them too. The convolutions that read a node share its
 * ReLU.
 */
final class CellWriter {
  private final GraphBuilder net;
  private final Cell cell;
  private final Map<Integer, Value> nodes = new HashMap<>();
  private final Map<Integer, Value> activated = new HashMap<>();

  private CellWriter(GraphBuilder net, Cell cell, Value x) {
    this.net = net;
    this.cell = cell;
    nodes.put(0, x);
  }

  /** The cell's result for the input {@code x}, of the same shape. */
  static Value write(GraphBuilder net, Cell cell, Value x) {
    return new CellWriter(net, cell, x)
        .node(Cell.NODES - 1)
        // Zero, but still a function of the input: there must be a network to evaluate.
        .orElseGet(() -> net.multiply("none", x, net.parameter("zero", 1)));
  }

  /** The sum of the edges to a node; empty if no path leads there from the cell's input. */
  private Optional<Value> node(int to) {
    Optional<Value> sum = Optional.ofNullable(nodes.get(to));
    if (sum.isEmpty()) {
      for (int from = 0; from < to; from++) {
        sum = add("n" + to + "-add" + from, sum, edge(from, to));
      }
      sum.ifPresent(value -> nodes.put(to, value));
    }
    return sum;
  }

  private Optional<Value> add(String name, Optional<Value> sum, Optional<Value> term) {
    return sum.isPresent() && term.isPresent()
        ? Optional.of(net.add(name, sum.get(), term.get(), Activation.NONE))
        : sum.or(() -> term);
  }

  private Optional<Value> edge(int from, int to) {
    String name = "e" + from + to;
    return switch (cell.operation(from, to)) {
      case NONE -> Optional.empty();
      case SKIP_CONNECT -> node(from);
      case NOR_CONV_1X1 -> activated(from).map(x -> conv(name, x, Kernel.POINT));
      case NOR_CONV_3X3 -> activated(from).map(x -> conv(name, x, Kernel.of(3)));
      case AVG_POOL_3X3 ->
          node(from).map(x -> net.averagePool(name + "-average-pool", x, Kernel.of(3)));
    };
  }

  private Optional<Value> activated(int node) {
    return node(node)
        .map(
            x ->
                activated.computeIfAbsent(
                    node, n -> net.unary("n" + n + "-relu", UnaryFunction.RELU, x)));
  }

  private Value conv(String name, Value x, Kernel kernel) {
    return net.conv(name + "-conv" + kernel.size(), x, x.channels(), kernel, Activation.NONE);
  }
}
