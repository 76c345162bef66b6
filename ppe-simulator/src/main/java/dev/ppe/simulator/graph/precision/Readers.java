package dev.ppe.simulator.graph.precision;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who reads each real of a graph, which decides what it becomes. */
final class Readers {
  private final Graph graph;
  private final NumberFormat format;
  private final boolean[] computing;
  private final boolean[] keeping;
  private final boolean[] delivered;
  private final boolean[] leaving; // as it is, or in another width
  private final Map<Integer, ParameterUse> uses = new HashMap<>();
  private final Map<Integer, Tensor> asked = new HashMap<>();

  private Readers(Graph graph, NumberFormat format) {
    this.graph = graph;
    this.format = format;
    int tensors = graph.tensors().size();
    this.computing = new boolean[tensors];
    this.keeping = new boolean[tensors];
    this.delivered = new boolean[tensors];
    this.leaving = new boolean[tensors];
  }

  /**
   * The readers of all tensors.
   *
   * @param order of the nodes, each after those whose results it reads
   */
  static Readers of(Graph graph, NumberFormat format, int[] order, Interruption interruption) {
    Readers readers = new Readers(graph, format);
    for (int output : graph.outputs()) {
      readers.delivered[output] = true;
      readers.leaving[output] = true;
    }
    for (int i = order.length - 1; i >= 0; i--) { // readers of results first
      interruption.check();
      readers.visit(graph.nodes().get(order[i]));
    }
    return readers;
  }

  private void visit(Node node) {
    if (!format.keepsReals(graph, node) && Treatment.of(node.operator()) == Treatment.CONVERTS) {
      convert(node.inputs().getFirst(), node.outputs().getFirst());
      return;
    }
    boolean keeps = format.keepsReals(graph, node);
    for (int i = 0; i < node.inputs().size(); i++) {
      int operand = node.inputs().get(i);
      if (operand == Node.ABSENT) {
        continue;
      }
      if (keeps) {
        keeping[operand] = true;
      } else {
        computing[operand] = true;
        uses.merge(operand, ParameterUse.of(node.operator(), i), ParameterUse::and);
      }
    }
  }

  private void convert(int operand, int result) {
    Tensor to = graph.tensor(result);
    if (to.type().isFloat()) { // another width of the same real: its readers read this one
      computing[operand] |= computing[result];
      keeping[operand] |= keeping[result];
      leaving[operand] |= leaving[result];
      Optional.ofNullable(uses.get(result))
          .ifPresent(use -> uses.merge(operand, use, ParameterUse::and));
      Optional.ofNullable(asked.get(result)).ifPresent(numbers -> ask(operand, numbers));
    } else if (format == NumberFormat.INT8) {
      ask(operand, to);
    } else {
      computing[operand] = true;
    }
  }

  private void ask(int operand, Tensor numbers) {
    Tensor before = asked.putIfAbsent(operand, numbers);
    if (before != null && !sameNumbers(before, numbers)) {
      asked.put(operand, graph.tensor(operand)); // in two ways: it is neither of them, then
      computing[operand] = true;
    }
  }

  /** Whether both hold the same integers for the same reals. */
  static boolean sameNumbers(Tensor one, Tensor two) {
    return one.type() == two.type() && one.quantization().equals(two.quantization());
  }

  /** Whether an operator computes with it in the new numbers. */
  boolean compute(int tensor) {
    return computing[tensor];
  }

  /** Whether all that read it go on with reals; a caller does not. */
  boolean allKeepReals(int tensor) {
    return keeping[tensor] && !computing[tensor] && !asked.containsKey(tensor) && !leaving[tensor];
  }

  /** Whether any goes on with reals. */
  boolean anyKeepsReals(int tensor) {
    return keeping[tensor];
  }

  /** Whether it leaves the graph. */
  boolean delivers(int tensor) {
    return delivered[tensor];
  }

  /** The quantised tensor that all quantising readers make of it, if they agree. */
  Optional<Tensor> asked(int tensor) {
    return Optional.ofNullable(asked.get(tensor)).filter(to -> !to.type().isFloat());
  }

  /** How it is read where it is stored. */
  ParameterUse use(int tensor) {
    return uses.getOrDefault(tensor, ParameterUse.PLAIN);
  }
}
