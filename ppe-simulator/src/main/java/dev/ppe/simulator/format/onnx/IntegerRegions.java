package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Assembly.Numbers;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the operators between DequantizeLinear and QuantizeLinear nodes that compute with integers:
 * all they read comes out of the former, and all they write goes into the latter, if need be
 * through operators that only move elements or work on each by itself. What only moves elements
 * moves the integers in any case.
 */
final class IntegerRegions {
  private static final Set<String> PRODUCTS =
      Set.of(
          "Conv",
          "ConvTranspose",
          "Gemm",
          "MatMul",
          "AveragePool",
          "MaxPool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "Softmax",
          "LogSoftmax",
          "Resize",
          "Upsample",
          "ReduceMean",
          "ReduceSum",
          "ReduceMax",
          "ReduceMin",
          "ReduceProd",
          "LayerNormalization");

  /** These may stand between an operator and its QuantizeLinear. */
  private static final Set<String> LINKS =
      Set.of(
          "Relu",
          "Clip",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Sigmoid",
          "Tanh",
          "HardSwish",
          "HardSigmoid",
          "Swish",
          "Gelu",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Min",
          "Max",
          "Sum",
          "Sqrt",
          Idioms.RSQRT,
          "Reciprocal",
          "Exp",
          "Log",
          "Sin",
          "Cos",
          "Floor",
          "Ceil",
          "Round",
          "Erf",
          "Abs",
          "Neg",
          "Pow",
          Idioms.SQUARED_DIFFERENCE,
          "BatchNormalization",
          "Concat",
          "Split",
          "Slice",
          "Pad",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "DepthToSpace",
          "SpaceToDepth",
          "Gather",
          "GatherND",
          "Expand",
          "Tile",
          "Identity",
          "Dropout");

  private static final Set<String> SEVERAL_OPERANDS =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Min",
          "Max",
          "Sum",
          "Pow",
          Idioms.SQUARED_DIFFERENCE,
          "Concat",
          "MatMul",
          "Gemm",
          "Conv",
          "ConvTranspose");

  /**
   * These give elements of one operand, and are the same before a DequantizeLinear and behind it.
   */
  private static final Set<String> MOVES =
      Set.of(
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Slice",
          "Split",
          "Gather",
          "DepthToSpace",
          "SpaceToDepth",
          "Identity",
          "Dropout");

  private final Wiring wiring;
  private final Map<String, Value> values;
  private final Function<StoredNode, QuantizedType> typeOf;
  private final Map<String, QuantizedType> leadsTo = new HashMap<>();
  private final Set<String> integers = new HashSet<>();

  private IntegerRegions(
      Wiring wiring, Map<String, Value> values, Function<StoredNode, QuantizedType> typeOf) {
    this.wiring = wiring;
    this.values = values;
    this.typeOf = typeOf;
  }

  /**
   * The numbers of the results of every operator that computes with integers, by its first result.
   *
   * @param values the stored ones
   * @param typeOf what a QuantizeLinear node makes
   */
  static Map<String, Numbers> of(
      Wiring wiring, Map<String, Value> values, Function<StoredNode, QuantizedType> typeOf) {
    return new IntegerRegions(wiring, values, typeOf).find();
  }

  private Map<String, Numbers> find() {
    for (StoredNode node : wiring.nodes().reversed()) {
      target(node).ifPresent(type -> leadsTo.put(node.output(0), type));
    }
    Map<String, Numbers> found = new HashMap<>();
    for (StoredNode node : wiring.nodes()) {
      wiring.checkWanted();
      QuantizedType type = leadsTo.get(node.output(0));
      if (node.type().equals("DequantizeLinear") && !node.isOwn()) {
        integers.add(node.output(0));
      } else if (type != null && computes(node) && readsIntegers(node)) {
        integers.addAll(node.outputs());
        found.put(node.output(0), new Numbers(type.type(), type.quantization(), true));
      } else if (moves(node) && readsIntegers(node)) {
        integers.addAll(node.outputs());
      }
    }
    return found;
  }

  /** Whether a node only moves elements of its first operand, be they integers or reals. */
  static boolean moves(StoredNode node) {
    return node.domain().isEmpty() && MOVES.contains(node.type());
  }

  private static boolean computes(StoredNode node) {
    return node.domain().isEmpty()
        && (PRODUCTS.contains(node.type()) || LINKS.contains(node.type()));
  }

  /** The type that all readers of a node's results quantise them to. */
  private Optional<QuantizedType> target(StoredNode node) {
    Optional<QuantizedType> found = Optional.empty();
    for (String output : node.outputs()) {
      if (wiring.isOutput(output)) {
        return Optional.empty();
      }
      for (StoredNode reader : wiring.readers(output)) {
        wiring.checkWanted();
        Optional<QuantizedType> type = through(reader);
        if (type.isEmpty()) {
          return Optional.empty();
        }
        found = found.or(() -> type);
      }
    }
    return found;
  }

  private Optional<QuantizedType> through(StoredNode reader) {
    if (reader.type().equals("QuantizeLinear")) {
      return reader.isOwn() ? Optional.empty() : Optional.of(typeOf.apply(reader));
    }
    return reader.domain().isEmpty() && LINKS.contains(reader.type())
        ? Optional.ofNullable(leadsTo.get(reader.output(0)))
        : Optional.empty();
  }

  private boolean readsIntegers(StoredNode node) {
    List<String> operands =
        SEVERAL_OPERANDS.contains(node.type())
            ? node.inputs()
            : node.inputs().subList(0, Math.min(1, node.inputs().size()));
    boolean any = false;
    for (String operand : operands) {
      if (operand.isEmpty() || values.get(operand) instanceof Stored) {
        continue;
      }
      if (!integers.contains(operand)) {
        return false;
      }
      any = true;
    }
    return any;
  }
}
