package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.format.export.QuantizationPlan;
import dev.ppe.simulator.format.export.Quantized;
import dev.ppe.simulator.format.export.WeightData;
import dev.ppe.simulator.format.onnx.file.WriterNotes;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The graph's tensors in the file: under which name, in which axis order, as what numbers.
 *
 * <p>A quantised tensor is stored and passed on as integers, and every operator reads the reals
 * behind them (DequantizeLinear) and gives reals that are quantised again (QuantizeLinear): the
 * form that ONNX Runtime's documentation calls QDQ.
 */
final class Values {
  /** A value in the file. */
  private record Written(String name, Layout layout) {}

  private record Wanted(int tensor, Layout layout) {}

  private final Graph graph;
  private final QuantizationPlan plan;
  private final WeightData data;
  private final OnnxFile file;
  private final Map<Integer, Written> written = new HashMap<>();
  private final Map<Integer, String> reals = new HashMap<>();
  private final Map<Integer, String> stored = new HashMap<>();
  private final Map<Wanted, String> arranged = new HashMap<>();
  private final Map<List<Object>, String> storedReals = new HashMap<>();

  Values(Graph graph, QuantizationPlan plan, WeightData data, OnnxFile file) {
    this.graph = graph;
    this.plan = plan;
    this.data = data;
    this.file = file;
  }

  Graph graph() {
    return graph;
  }

  OnnxFile file() {
    return file;
  }

  Shape shape(int tensor) {
    return graph.tensor(tensor).shape();
  }

  /** Declares an input of the network. */
  Message input(int tensor, Layout layout) {
    String name = file.unique(graph.tensor(tensor).name());
    written.put(tensor, new Written(name, layout));
    return OnnxFile.declare(
        name,
        layout.shape(shape(tensor)),
        graph.tensor(tensor).type(),
        layout.isPlain() ? WriterNotes.TENSOR : WriterNotes.MAP);
  }

  /** The name of a tensor as it was written. */
  String name(int tensor) {
    return find(tensor).name();
  }

  private Written find(int tensor) {
    Written found = written.get(tensor);
    if (found == null) { // stored, and nobody asked for another order
      Layout plain = Layout.plain(shape(tensor).rank());
      found = new Written(stored(tensor, shape(tensor).toList()), plain);
      written.put(tensor, found);
    }
    return found;
  }

  /** The axis order that a tensor is in. */
  Layout layout(int tensor) {
    return find(tensor).layout();
  }

  /** The name of a tensor's elements, as they are stored, in the graph's own order. */
  String plain(int tensor) {
    Layout current = layout(tensor);
    Layout plain = Layout.plain(shape(tensor).rank());
    return current.equals(plain)
        ? name(tensor)
        : transposed(name(tensor), graph.tensor(tensor).name(), current.permutationTo(plain));
  }

  /**
   * Declares an output of the network. Feature maps stay as they are, with their channels in front;
   * anything else has the graph's own order.
   */
  Message output(int tensor) {
    boolean map = layout(tensor).equals(Layout.CHANNELS_FIRST);
    String name = map ? name(tensor) : plain(tensor);
    Shape shape = shape(tensor);
    return OnnxFile.declare(
        name,
        map ? Layout.CHANNELS_FIRST.shape(shape) : shape.toList(),
        graph.tensor(tensor).type(),
        "");
  }

  /** A tensor's reals, or its elements if it is not quantised, in the order it is in. */
  String real(int tensor) {
    if (!isQuantized(tensor)) {
      return name(tensor);
    }
    return reals.computeIfAbsent(
        tensor, t -> dequantized(t, name(t), plan.of(t).map(Quantized::axis).orElse(0)));
  }

  /** As {@link #real(int)} in another order: integers are brought there before they are reals. */
  String real(int tensor, Layout layout) {
    Layout current = layout(tensor);
    if (current.equals(layout)) {
      return real(tensor);
    }
    return arranged.computeIfAbsent(
        new Wanted(tensor, layout),
        wanted -> {
          String moved =
              transposed(name(tensor), graph.tensor(tensor).name(), current.permutationTo(layout));
          return isQuantized(tensor) ? dequantized(tensor, moved) : moved;
        });
  }

  /** {@code name} with its axes permuted. */
  String transposed(String name, String wanted, List<Integer> permutation) {
    String result = file.unique(wanted + "/transposed");
    file.node(
        "Transpose", result, List.of(name), List.of(result), Attribute.wholes("perm", permutation));
    return result;
  }

  /**
   * A stored tensor's reals, stored with its axes in the order {@code axes} under {@code shape},
   * which may have ones that the tensor has not.
   */
  String weights(int tensor, List<Integer> axes, List<Integer> shape) {
    return storedReals.computeIfAbsent(
        List.of(tensor, axes, shape),
        key -> {
          String name = stored(tensor, shape);
          int axis = plan.of(tensor).map(Quantized::axis).orElse(0);
          return isQuantized(tensor)
              ? dequantized(tensor, name, Math.max(0, axes.indexOf(axis)))
              : name;
        });
  }

  private String stored(int index, List<Integer> shape) {
    Tensor tensor = graph.tensor(index);
    if (tensor.role() != Tensor.Role.PARAMETER) {
      throw new IllegalArgumentException(
          "\"%s\" keeps its value between inferences, which ONNX does not"
              .formatted(tensor.name()));
    }
    if (tensor.bytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "\"%s\" takes %d bytes: too many for one file".formatted(tensor.name(), tensor.bytes()));
    }
    String first = stored.getOrDefault(index, "");
    String name =
        file.store(
            tensor.name(),
            shape,
            tensor.type(),
            tensor.bytes(),
            target -> data.fill(index, target),
            first);
    stored.putIfAbsent(index, name);
    return name;
  }

  /** Stored tensors one behind the other as one, with so many zeros at the end. */
  String together(String name, List<Integer> tensors, List<Integer> shape, int zeros) {
    DataType type = graph.tensor(tensors.getFirst()).type();
    long bytes = tensors.stream().mapToLong(t -> graph.tensor(t).bytes()).sum();
    return file.store(
        name,
        shape,
        type,
        bytes + type.bytes(zeros),
        target -> {
          for (int tensor : tensors) {
            int length = (int) graph.tensor(tensor).bytes();
            data.fill(tensor, target.slice(target.position(), length).order(target.order()));
            target.position(target.position() + length);
          }
        });
  }

  DataType type(int tensor) {
    return graph.tensor(tensor).type();
  }

  /** Whether the tensor's integers stand for reals. */
  boolean isQuantized(int tensor) {
    DataType type = graph.tensor(tensor).type();
    return plan.of(tensor).isPresent()
        && switch (type) {
          case INT8, UINT8, INT32 -> true;
          case INT4, INT16, UINT16 ->
              throw new IllegalArgumentException(
                  "operator set %d quantises to 8 bits, not to %s"
                      .formatted(OnnxFile.OPERATOR_SET, type));
          default -> false;
        };
  }

  /** The reals behind {@code name}, which holds a tensor's integers under another shape. */
  String dequantized(int tensor, String name) {
    return dequantized(tensor, name, 0);
  }

  private String dequantized(int tensor, String name, int axis) {
    String real = file.unique(graph.tensor(tensor).name() + "/real");
    file.node(
        "DequantizeLinear",
        real,
        parameters(tensor, name),
        List.of(real),
        Attribute.whole("axis", axis));
    return real;
  }

  /** The operands of a change between integers and reals: value, scale, zero point. */
  private List<String> parameters(int index, String value) {
    Tensor tensor = graph.tensor(index);
    Quantized quantized = plan.of(index).orElse(QuantizationPlan.LINEAR);
    int channels = quantized.channels();
    List<Integer> shape = channels == 1 ? List.of() : List.of(channels);
    String scale =
        file.store(
            tensor.name() + "/scale",
            shape,
            DataType.FLOAT32,
            (long) Float.BYTES * channels,
            target -> {
              for (int i = 0; i < channels; i++) {
                target.putFloat(quantized.scale(i));
              }
            });
    if (tensor.type() == DataType.INT32) { // a bias, around zero
      return List.of(value, scale);
    }
    String zero =
        file.store(
            tensor.name() + "/zero_point",
            shape,
            tensor.type(),
            channels,
            target -> {
              for (int i = 0; i < channels; i++) {
                target.put((byte) quantized.zeroPoint());
              }
            });
    return List.of(value, scale, zero);
  }

  /** Whether a tensor is stored in the file. */
  boolean isStored(int tensor) {
    return graph.tensor(tensor).isParameter();
  }

  /** An operand in an order that fits the other operands': stored so, or brought there. */
  String operand(int tensor, Layout layout) {
    return isStored(tensor)
        ? weights(tensor, layout.axes(), layout.shape(shape(tensor)))
        : real(tensor, layout);
  }

  /** The order that the first computed operand of {@code rank} is in; plain if there is none. */
  Layout layout(Node node, int rank) {
    return node.inputs().stream()
        .filter(input -> input != Node.ABSENT && !isStored(input) && shape(input).rank() == rank)
        .map(this::layout)
        .findFirst()
        .orElseGet(() -> Layout.plain(rank));
  }

  /** Writes the only result of a node: {@code body} gets the name to give its reals. */
  void result(Node node, Layout layout, Consumer<String> body) {
    results(node, layout, names -> body.accept(names.getFirst()));
  }

  /** Writes the results of a node: {@code body} gets the names to give their reals. */
  void results(Node node, Layout layout, Consumer<List<String>> body) {
    List<String> names = node.outputs().stream().map(output -> claim(node, output)).toList();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean quantized = isQuantized(node.outputs().get(i));
      written.add(quantized ? file.unique(names.get(i) + "/unquantized") : names.get(i));
    }
    body.accept(written);
    for (int i = 0; i < names.size(); i++) {
      int tensor = node.outputs().get(i);
      if (isQuantized(tensor)) {
        quantize(tensor, written.get(i), names.get(i));
      }
      this.written.put(tensor, new Written(names.get(i), layout));
    }
  }

  /** As {@link #results} for a node that gives integers as they are stored. */
  void storedResults(Node node, Layout layout, Consumer<List<String>> body) {
    List<String> names = node.outputs().stream().map(output -> claim(node, output)).toList();
    body.accept(names);
    for (int i = 0; i < names.size(); i++) {
      written.put(node.outputs().get(i), new Written(names.get(i), layout));
    }
  }

  /** As {@link #storedResults} in plain order for a node whose results no rule gives. */
  void declaredResults(Node node, Consumer<List<String>> body) {
    List<String> names = node.outputs().stream().map(output -> claim(node, output)).toList();
    body.accept(names);
    for (int i = 0; i < names.size(); i++) {
      Tensor tensor = graph.tensor(node.outputs().get(i));
      Layout plain = Layout.plain(tensor.shape().rank());
      file.declare(OnnxFile.declare(names.get(i), tensor.shape().toList(), tensor.type(), ""));
      written.put(node.outputs().get(i), new Written(names.get(i), plain));
    }
  }

  private String claim(Node node, int tensor) {
    String wanted = graph.tensor(tensor).name();
    return file.unique(wanted.isBlank() ? node.name() : wanted);
  }

  private void quantize(int tensor, String real, String name) {
    file.node("QuantizeLinear", name + "/quantize", parameters(tensor, real), List.of(name));
  }

  /** Writes {@code name}, the integers of the result of {@code node}, from reals. */
  void quantize(Node node, String real, String name) {
    List<String> operands = parameters(node.outputs().getFirst(), real);
    file.operator(node, "QuantizeLinear", operands, List.of(name));
  }

  /** Writes {@code name}, the reals of the operand of {@code node}, from its integers. */
  void dequantize(Node node, String name) {
    int input = node.inputs().getFirst();
    file.operator(node, "DequantizeLinear", parameters(input, name(input)), List.of(name));
  }
}
