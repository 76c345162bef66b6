package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tensors and nodes that the views of one {@link GraphBuilder} have gathered so far. */
final class GraphAssembly {
  private final String name;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  GraphAssembly(String name) {
    this.name = name;
  }

  Value input(Tensor tensor) {
    Value value = parameter(tensor);
    inputs.add(value.index());
    return value;
  }

  Value parameter(Tensor tensor) {
    claim(tensor.name());
    return add(tensor);
  }

  private Value add(Tensor tensor) {
    tensors.add(tensor);
    return new Value(this, tensors.size() - 1, tensor);
  }

  /** A layer's name stands in messages and reports, so there can be only one of it. */
  private void claim(String candidate) {
    if (!names.add(candidate)) {
      throw new IllegalArgumentException("the name is taken already");
    }
  }

  List<Value> apply(String node, Operator operator, List<Value> operands) {
    requireOwn(operands);
    List<Shape> shapes =
        ShapeInference.infer(
                operator, operands.stream().map(value -> Optional.of(value.shape())).toList())
            .orElseThrow(
                () -> new IllegalArgumentException("has no shape rule: " + operator.kind()));
    for (Shape shape : shapes) {
      if (shape.elements() == 0) {
        throw new IllegalArgumentException("gives " + shape + ", which has no elements");
      }
    }
    DataType type = resultType(operator, operands);
    claim(node);
    List<Value> results = new ArrayList<>(shapes.size());
    for (Shape shape : shapes) {
      String result = shapes.size() == 1 ? node : node + ":" + results.size();
      results.add(add(Arithmetic.activation(result, shape, type)));
    }
    nodes.add(new Node(node, operator, indices(operands), indices(results)));
    return results;
  }

  Value endpoint(String name) {
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.get(i).name().equals(name)) {
        return new Value(this, i, tensors.get(i));
      }
    }
    throw new IllegalArgumentException("there is no such layer");
  }

  private void requireOwn(List<Value> values) {
    for (Value value : values) {
      if (!value.belongsTo(this)) {
        throw new IllegalArgumentException("operand " + value + " belongs to another graph");
      }
    }
  }

  private static DataType resultType(Operator operator, List<Value> operands) {
    return switch (operator) {
      case Operator.Cast cast -> cast.to();
      case Operator.ArgMax argMax -> argMax.outputType();
      case Operator.Quantize quantize -> DataType.INT8;
      case Operator.Dequantize dequantize -> DataType.FLOAT32;
      case Operator.Binary binary -> commonType(operands);
      case Operator.BatchMatMul matmul -> commonType(operands);
      case Operator.Concat concat -> commonType(operands);
      case Operator.Gather gather -> rowType(operands);
      default -> operands.getFirst().type();
    };
  }

  private static DataType commonType(List<Value> operands) {
    List<DataType> types = operands.stream().map(Value::type).distinct().toList();
    if (types.size() != 1) {
      throw new IllegalArgumentException("operands have different types " + types);
    }
    return types.getFirst();
  }

  /** That of the table; what picks its rows counts them. */
  private static DataType rowType(List<Value> operands) {
    DataType indices = operands.get(1).type();
    if (indices.isFloat()) {
      throw new IllegalArgumentException(
          "indices %s are %s, must be integers".formatted(operands.get(1), indices));
    }
    return operands.getFirst().type();
  }

  private static List<Integer> indices(List<Value> values) {
    return values.stream().map(Value::index).toList();
  }

  Graph build(List<Value> outputs) {
    requireOwn(outputs);
    requireDistinct(outputs);
    Graph graph = new Graph(name, tensors, nodes, inputs, indices(outputs));
    requireNothingDead(graph);
    return GraphVerifier.verify(graph, GraphLimits.DEFAULT);
  }

  private static void requireDistinct(List<Value> outputs) {
    Set<Integer> seen = new HashSet<>();
    for (Value output : outputs) {
      if (!seen.add(output.index())) {
        throw new GraphException("output " + output, "is given twice");
      }
    }
  }

  /** A layer whose results nobody reads is a slip of the pen: its cost would count for nothing. */
  private static void requireNothingDead(Graph graph) {
    BitSet read = new BitSet();
    graph.outputs().forEach(read::set);
    graph.nodes().forEach(node -> node.inputs().forEach(read::set));
    for (Node node : graph.nodes()) {
      if (node.outputs().stream().noneMatch(read::get)) {
        throw new GraphException("layer \"" + node.name() + "\"", "nothing reads its result");
      }
    }
    for (int input : graph.inputs()) {
      if (!read.get(input)) {
        throw new GraphException("input \"" + graph.tensor(input).name() + "\"", "is never read");
      }
    }
    for (int i = 0; i < graph.tensors().size(); i++) {
      Tensor tensor = graph.tensor(i);
      if (tensor.isParameter() && !read.get(i)) {
        throw new GraphException("parameter \"" + tensor.name() + "\"", "is never read");
      }
    }
  }
}
