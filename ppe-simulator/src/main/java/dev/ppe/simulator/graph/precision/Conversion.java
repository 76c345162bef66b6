package dev.ppe.simulator.graph.precision;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.DeadNodes;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.NodeOrder;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Tensor.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * One pass over a graph that gives every real other numbers.
 *
 * <ol>
 *   <li>A real becomes what {@link NumberFormat} says, the graph's inputs and outputs included. One
 *       that an operator with {@link Treatment#KEEPS_REALS} makes stays, and so does one that only
 *       such operators read.
 *   <li>In 8 bits, a real that was dequantised has the numbers it came from, and one that is
 *       quantised has those it goes to, so far as operators on int8 can read them.
 *   <li>A cast, quantisation or dequantisation is adapted to what its two ends have become; if they
 *       are the same, it is left out.
 *   <li>Where an operator reads the other kind of numbers than are there, a conversion is added.
 * </ol>
 *
 * <p>All rules depend on the network's structure alone, so graphs that are listed in another order
 * convert alike.
 */
final class Conversion {
  private static final int NONE = -1;

  private final Interruption interruption;
  private final Graph graph;
  private final NumberFormat format;
  private final int[] order;
  private final Readers readers;
  private final int[] writer;
  private final List<Tensor> tensors;
  private final List<Node> nodes = new ArrayList<>();

  /** For each tensor the one that holds its value now. */
  private final int[] standIn;

  private final Map<Derived, Integer> derived = new HashMap<>();

  /** A tensor's value in other numbers. */
  private record Derived(int tensor, DataType type) {}

  private Conversion(Graph graph, NumberFormat format, Interruption interruption) {
    this.interruption = interruption;
    this.graph = graph;
    this.format = format;
    this.order = NodeOrder.topological(graph, interruption);
    interruption.check();
    this.readers = Readers.of(graph, format, order, interruption);
    interruption.check();
    this.tensors = new ArrayList<>(graph.tensors());
    this.standIn = new int[graph.tensors().size()];
    this.writer = new int[graph.tensors().size()];
    Arrays.setAll(standIn, i -> i);
    Arrays.fill(writer, NONE);
    for (int node : order) {
      graph.nodes().get(node).outputs().forEach(output -> writer[output] = node);
    }
  }

  /** The converted graph; {@code graph} itself if it has no reals. */
  static Graph of(Graph graph, NumberFormat format, Interruption interruption) {
    boolean real = graph.tensors().stream().anyMatch(tensor -> tensor.type().isFloat());
    // What nobody needs asks for nothing.
    if (!real) {
      return graph;
    }
    interruption.check();
    Graph alive = DeadNodes.drop(graph, interruption);
    interruption.check();
    return new Conversion(alive, format, interruption).converted();
  }

  private Graph converted() {
    for (int i = 0; i < writer.length; i++) {
      interruption.check();
      if (writer[i] == NONE && isReal(i) && !readers.allKeepReals(i)) {
        tensors.set(i, provided(i));
      }
    }
    for (int index : order) {
      interruption.check();
      Node node = graph.nodes().get(index);
      if (format.keepsReals(graph, node)) {
        rewrite(node, this::inReals);
      } else if (Treatment.of(node.operator()) == Treatment.CONVERTS) {
        convert(node);
      } else {
        node.outputs().stream()
            .filter(this::isReal)
            .forEach(output -> tensors.set(output, computed(output)));
        rewrite(node, this::inNewNumbers);
      }
    }
    List<Integer> outputs = graph.outputs().stream().map(output -> standIn[output]).toList();
    return new Graph(graph.name(), tensors, nodes, graph.inputs(), outputs);
  }

  private boolean isReal(int tensor) {
    return graph.tensor(tensor).type().isFloat();
  }

  /** What a real becomes that no node writes. */
  private Tensor provided(int index) {
    Tensor real = graph.tensor(index);
    boolean quantizedOnly = !readers.compute(index) && !readers.anyKeepsReals(index);
    Optional<Tensor> asked = readers.asked(index).filter(to -> quantizedOnly);
    if (asked.isPresent()) {
      return like(real, asked.get());
    }
    return real.role() == Role.ACTIVATION
        ? computed(index)
        : format.stored(real, readers.use(index));
  }

  /** What a real becomes that is computed: in the scale that is asked for, if it is of the type. */
  private Tensor computed(int index) {
    Tensor real = graph.tensor(index);
    return readers
        .asked(index)
        .filter(to -> to.type() == format.type())
        .map(to -> like(real, to))
        .orElseGet(() -> format.activation(real));
  }

  private static Tensor like(Tensor real, Tensor other) {
    return real.withType(other.type(), other.quantization());
  }

  /** A node with other operands, and otherwise as it is. */
  private void rewrite(Node node, IntUnaryOperator operand) {
    List<Integer> operands =
        node.inputs().stream()
            .map(input -> input == Node.ABSENT ? input : operand.applyAsInt(input))
            .toList();
    nodes.add(new Node(node.name(), node.operator(), operands, node.outputs()));
  }

  private int inReals(int tensor) {
    return isReal(tensor) ? in(standIn[tensor], graph.tensor(tensor)) : standIn[tensor];
  }

  private int inNewNumbers(int tensor) {
    boolean stayed = isReal(tensor) && tensors.get(standIn[tensor]).type().isFloat();
    return stayed ? in(standIn[tensor], format.activation(graph.tensor(tensor))) : standIn[tensor];
  }

  /** A tensor's value in the numbers that {@code like} has, by a conversion if need be. */
  private int in(int tensor, Tensor like) {
    Tensor from = tensors.get(tensor);
    if (from.type() == like.type()) {
      return tensor;
    }
    return derived.computeIfAbsent(
        new Derived(tensor, like.type()),
        key -> {
          Operator operator = between(from.type(), like.type());
          String name = from.name() + "/" + operator.kind();
          tensors.add(
              new Tensor(name, from.shape(), like.type(), like.quantization(), Role.ACTIVATION));
          int result = tensors.size() - 1;
          nodes.add(new Node(name, operator, List.of(tensor), List.of(result)));
          return result;
        });
  }

  /** What turns reals in one type into the same reals in another. */
  private static Operator between(DataType from, DataType to) {
    if (from.isFloat()) {
      return to.isFloat() ? new Operator.Cast(to) : new Operator.Quantize();
    }
    return to.isFloat() ? new Operator.Dequantize() : new Operator.Quantize();
  }

  private void convert(Node node) {
    int source = node.inputs().getFirst();
    int result = node.outputs().getFirst();
    if (isReal(result) && !readers.allKeepReals(result)) {
      tensors.set(result, converted(source, result));
    }
    Tensor from = tensors.get(standIn[source]);
    Tensor to = tensors.get(result);
    boolean touched = isReal(source) || isReal(result);
    // An output is written by a node, unless it was an input before.
    boolean needed = readers.delivers(result) && isUnwritten(standIn[source]);
    if (touched && !needed && Readers.sameNumbers(from, to)) {
      standIn[result] = standIn[source];
      return;
    }
    nodes.add(
        new Node(
            node.name(),
            operator(node, from.type(), to.type()),
            List.of(standIn[source]),
            node.outputs()));
  }

  private boolean isUnwritten(int tensor) {
    return tensor < writer.length && writer[tensor] == NONE;
  }

  /** What a real becomes that a conversion from {@code source} writes. */
  private Tensor converted(int source, int result) {
    Tensor from = tensors.get(standIn[source]);
    Tensor real = graph.tensor(result);
    if (format != NumberFormat.INT8 || from.type().isFloat()) {
      return computed(result);
    }
    boolean readable =
        from.type() == format.type()
            || isReal(source) // converted for the same readers
            || from.role() != Role.ACTIVATION // stored quantised: read as it is stored
            || !(readers.compute(result) || readers.anyKeepsReals(result));
    return readable ? like(real, from) : computed(result);
  }

  /** The operator of a conversion whose ends have become these types. */
  private Operator operator(Node node, DataType from, DataType to) {
    boolean endsConverted = isReal(node.inputs().getFirst()) || isReal(node.outputs().getFirst());
    return switch (node.operator()) {
      // Plain integers: no scale is between them and the reals.
      case Operator.Cast cast when from.isFloat() != to.isFloat() && plainEnd(node) ->
          new Operator.Cast(to);
      default -> endsConverted ? between(from, to) : node.operator();
    };
  }

  /** Whether a conversion had plain integers at one end, and reals at the other. */
  private boolean plainEnd(Node node) {
    return isReal(node.inputs().getFirst()) != isReal(node.outputs().getFirst());
  }
}
