package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.onnx.Assembly.Numbers;
import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Flattened;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.DeclaredValue;
import dev.ppe.simulator.format.onnx.file.StoredGraph;
import dev.ppe.simulator.format.onnx.file.StoredModel;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.format.onnx.file.StoredTensor;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Goes through the nodes in execution order and writes what becomes of each.
 *
 * <p>Beforehand, operators that carry scales are spelled out, what can be computed is, idioms are
 * put together, and the regions of integer arithmetic are found.
 */
final class Translation {
  private final StoredModel model;
  private final List<String> notes;
  private final Declarations declarations;
  private final Assembly assembly;
  private final Interruption interruption;
  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> absorbed = new HashSet<>();
  private Wiring wiring;
  private Map<String, Numbers> integers = Map.of();

  Translation(
      StoredModel model, ImportOptions options, List<String> notes, Interruption interruption) {
    this.model = model;
    this.interruption = interruption;
    this.notes = notes;
    StoredGraph graph = model.graph();
    this.declarations = new Declarations(graph, options, notes, interruption);
    this.assembly = new Assembly(options.limits(), interruption);
    this.wiring =
        Wiring.of(
            new StoredGraph(
                graph.name(),
                QOperators.spellOut(graph.nodes(), interruption),
                graph.initializers(),
                graph.inputs(),
                graph.outputs(),
                graph.values()),
            interruption);
  }

  Graph run(String name) {
    for (StoredTensor tensor : model.graph().initializers()) {
      interruption.check();
      values.put(tensor.name(), Folding.stored(tensor));
    }
    wiring.nodes().forEach(this::foldEarly);
    wiring = Idioms.recognise(wiring, values);
    integers =
        IntegerRegions.of(wiring, values, node -> at(node, () -> Quantizers.type(view(node))));
    List<Integer> inputs = inputs();
    for (StoredNode node : wiring.nodes()) {
      interruption.check();
      if (!values.containsKey(node.output(0)) && !absorbed.contains(node.output(0))) {
        at(node, () -> translate(node));
      }
    }
    return assembly.graph(name, inputs, outputs());
  }

  private NodeView view(StoredNode node) {
    return new NodeView(
        node,
        model.opset(),
        values,
        assembly,
        wiring,
        declarations,
        Optional.ofNullable(integers.get(node.output(0))));
  }

  /** What follows from stored values alone; whatever is wrong with it shows again later. */
  private void foldEarly(StoredNode node) {
    interruption.check();
    boolean stored =
        !node.isOwn()
            && node.inputs().stream()
                .allMatch(input -> input.isEmpty() || values.get(input) instanceof Stored);
    if (stored) {
      at(node, () -> fold(node));
    }
  }

  private boolean fold(StoredNode node) {
    if (node.isOwn()) {
      return false;
    }
    Optional<Stored> folded = Folding.fold(view(node));
    folded.ifPresent(value -> values.put(node.output(0), value));
    return folded.isPresent();
  }

  private List<Integer> inputs() {
    List<Integer> inputs = new ArrayList<>();
    for (DeclaredValue input : model.graph().inputs()) {
      interruption.check();
      if (values.containsKey(input.name())) {
        continue; // older files list the stored values too
      }
      Shape shape = declarations.input(input);

      AxisOrder order = InputLayouts.of(input, shape.rank(), wiring);
      Numbers numbers = numbers(input.name(), Declarations.type(input));
      Activation value = assembly.input(input.name(), shape, order, numbers);
      values.put(input.name(), value);
      inputs.add(value.tensor());
    }
    declarations.noteSizes();
    return inputs;
  }

  /** An input of integers has the scale with which it is dequantised. */
  private Numbers numbers(String input, DataType type) {
    if (type.isFloat()) {
      return Numbers.plain(type);
    }
    for (StoredNode reader : wiring.readers(input)) {
      wiring.checkWanted();
      if (reader.type().equals("DequantizeLinear")) {
        QuantizedType quantized = at(reader, () -> Quantizers.type(view(reader), type, 0));
        return new Numbers(type, quantized.quantization(), false);
      }
    }
    return Numbers.plain(type);
  }

  private boolean translate(StoredNode node) {
    NodeView op = view(node);
    node.attributes().values().stream()
        .filter(Attribute.Subgraph.class::isInstance)
        .findFirst()
        .ifPresent(
            subgraph -> notes.add(node.place() + ": its branches or body are not looked into"));
    if (node.type().equals("Shape") && node.domain().isEmpty()) {
      values.put(node.output(0), Stored.of(node.output(0), shape(op)));
    } else if (node.type().equals("Size") && node.domain().isEmpty()) {
      Constant size = new Constant(DataType.INT64, Shape.of(), op.shape(0).elements());
      values.put(node.output(0), Stored.of(node.output(0), size));
    } else if (!fold(node)) {
      OperatorMapping.map(op, absorbed);
    }
    return true;
  }

  /** All shapes are known here. */
  private static Constant shape(NodeView op) {
    Shape shape = op.shape(0);
    Slices.Range range =
        Slices.Range.of(op.whole("start", 0), op.whole("end", Integer.MAX_VALUE), 1, shape.rank());
    return Constant.integers(shape.toList().subList(range.begin(), range.begin() + range.length()));
  }

  private List<Integer> outputs() {
    List<Integer> outputs = new ArrayList<>();
    for (DeclaredValue output : model.graph().outputs()) {
      interruption.check();
      Value value = values.get(output.name());
      if (value == null) {
        throw new ModelFormatException("output \"" + output.name() + "\"", "is written by nothing");
      }
      outputs.add(output(output.name(), value));
    }
    return outputs;
  }

  /** Feature maps stay channels last: the caller gets them like that, as it provides them. */
  private int output(String name, Value value) {
    return switch (value) {
      case Stored stored -> assembly.parameter(stored, AxisOrder.identity(stored.shape().rank()));
      case Flattened flat -> output(name, assembly.unfold(name, flat));
      case Activation activation -> {
        Activation plain = assembly.dequantize(name, activation);
        yield plain.order().equals(AxisOrder.CHANNELS_LAST)
            ? plain.tensor()
            : assembly.reorder(name, plain, AxisOrder.identity(plain.shape().rank())).tensor();
      }
    };
  }

  /** Names the node in whatever goes wrong with it. */
  private static <T> T at(StoredNode node, Supplier<T> step) {
    try {
      return step.get();
    } catch (ModelFormatException | GraphException | GraphTooLargeException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelFormatException(node.place(), String.valueOf(e.getMessage()));
    }
  }
}
