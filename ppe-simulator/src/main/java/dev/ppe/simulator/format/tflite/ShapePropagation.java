package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.tflite.OperatorView.Mapped;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.NodeOrder;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Goes through the operators in execution order, maps each, and gives every result its shape.
 *
 * <p>A shape that follows from the operands goes before the declared one, which only has to agree:
 * files may lack shapes, and an open batch changes them. The results of custom operators have the
 * declared shape.
 *
 * <p>Dequantisation and densification of stored values are folded: runtimes do them once, when they
 * load the model. The consumer then reads the stored tensor, and its cost is that of the stored
 * type.
 */
final class ShapePropagation {
  private final List<StoredOperator> operators;
  private final Values values;
  private final Set<Integer> outputs;
  private final List<String> notes;
  private final Interruption interruption;
  private final TreeMap<Integer, Node> nodes = new TreeMap<>();

  ShapePropagation(
      List<StoredOperator> operators,
      Values values,
      Set<Integer> outputs,
      List<String> notes,
      Interruption interruption) {
    this.interruption = interruption;
    this.operators = operators;
    this.values = values;
    this.outputs = outputs;
    this.notes = notes;
  }

  /** The nodes in the file's order; {@link Values} knows all shapes afterwards. */
  List<Node> run(int tensorCount) {
    for (int index : executionOrder(tensorCount)) {
      interruption.check();
      StoredOperator operator = operators.get(index);
      OperatorView view = new OperatorView(operator, values);
      requireOperands(operator);
      if (folds(view)) {
        values.fold(operator.outputs().get(0), values.standIn(operator.inputs().get(0)));
        continue;
      }
      Mapped mapped = at(operator, () -> OperatorMapping.map(view));
      setShapes(view, mapped);
      nodes.put(
          index,
          new Node(operator.label(), mapped.operator(), mapped.operands(), operator.outputs()));
    }
    List<Node> inOrder = new ArrayList<>(nodes.size());
    for (Node node : nodes.values()) {
      interruption.checkAt(inOrder.size());
      inOrder.add(node);
    }
    return inOrder;
  }

  private int[] executionOrder(int tensorCount) {
    List<Tensor> tensors =
        Collections.nCopies(tensorCount, Tensor.activation("", Shape.of(), DataType.INT8));
    List<Node> wiring = new ArrayList<>(operators.size());
    for (StoredOperator operator : operators) {
      interruption.checkAt(wiring.size());
      Operator custom = new Operator.Custom(operator.kind());
      wiring.add(new Node(operator.label(), custom, operator.inputs(), operator.outputs()));
    }
    Graph graph = new Graph("", tensors, wiring, List.of(), List.copyOf(outputs));
    return NodeOrder.topological(graph, interruption);
  }

  private void requireOperands(StoredOperator operator) {
    for (int input : operator.inputs()) {
      if (input != Node.ABSENT && values.shape(input).isEmpty()) {
        throw new ModelFormatException(
            operator.place(),
            "reads %s, which is no input, holds no data and is written by nothing"
                .formatted(TensorReader.place(input, values.tensor(input).name())));
      }
    }
    for (int output : operator.outputs()) {
      if (values.shape(output).isPresent()) {
        throw new ModelFormatException(
            operator.place(),
            "writes %s, which is an input, holds stored data or is written already"
                .formatted(TensorReader.place(output, values.tensor(output).name())));
      }
    }
  }

  private boolean folds(OperatorView view) {
    StoredOperator operator = view.stored();
    boolean unpacks =
        operator
            .builtin()
            .filter(b -> b == BuiltinOperator.DEQUANTIZE || b == BuiltinOperator.DENSIFY)
            .isPresent();
    return unpacks
        && view.has(0)
        && operator.outputs().size() == 1
        && !outputs.contains(operator.outputs().get(0))
        && values.tensor(values.standIn(operator.inputs().get(0))).stored();
  }

  private void setShapes(OperatorView view, Mapped mapped) {
    StoredOperator operator = view.stored();
    List<Optional<Shape>> operands =
        mapped.operands().stream()
            .map(index -> index == Node.ABSENT ? Optional.<Shape>empty() : values.shape(index))
            .toList();
    Optional<List<Shape>> inferred =
        at(operator, () -> ShapeInference.infer(mapped.operator(), operands));
    if (inferred.isEmpty()) {
      operator.outputs().forEach(output -> values.setShape(output, customShape(view, output)));
      return;
    }
    if (inferred.get().size() != operator.outputs().size()) {
      throw new ModelFormatException(
          operator.place(),
          "has %d results, must have %d"
              .formatted(operator.outputs().size(), inferred.get().size()));
    }
    for (int i = 0; i < operator.outputs().size(); i++) {
      int output = operator.outputs().get(i);
      requireAgreement(operator, values.tensor(output), inferred.get().get(i));
      values.setShape(output, inferred.get().get(i));
    }
  }

  private static void requireAgreement(
      StoredOperator operator, StoredTensor tensor, Shape inferred) {
    if (!tensor.agrees(inferred)) {
      throw new ModelFormatException(
          operator.place(),
          "its result \"%s\" is declared %s, its operands give %s"
              .formatted(
                  tensor.name(),
                  tensor.shape().map(Shape::toString).orElse("without shape"),
                  inferred));
    }
  }

  private Shape customShape(OperatorView view, int output) {
    StoredOperator operator = view.stored();
    StoredTensor declared = values.tensor(output);
    Optional<Shape> followsInput =
        declared.mapOpen() ? at(operator, () -> CustomShapes.infer(view)) : Optional.empty();
    return followsInput
        .or(declared::shape)
        .or(() -> at(operator, () -> CustomShapes.infer(view)))
        .orElseGet(
            () -> {
              notes.add(
                  "%s: the file does not tell the shape of its result \"%s\"; it counts as one element"
                      .formatted(operator.place(), values.tensor(output).name()));
              return Shape.of();
            });
  }

  /** Names the node in whatever goes wrong with it. */
  private static <T> T at(StoredOperator operator, Supplier<T> step) {
    try {
      return step.get();
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(operator.place(), String.valueOf(e.getMessage()));
    }
  }
}
