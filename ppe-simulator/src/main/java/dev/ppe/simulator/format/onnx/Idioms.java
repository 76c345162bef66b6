package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Operators that exporters spell out because older operator sets lack them, put together again:
 * layer normalisation, the Gaussian error linear unit, the hard swish, the reciprocal root and the
 * squared difference.
 */
final class Idioms {
  /** Operators that ONNX does not have: our names for what a pattern stands for. */
  static final String RSQRT = "Rsqrt";

  static final String SQUARED_DIFFERENCE = "SquaredDifference";

  /** What our own files call the operators. */
  private static final Map<String, String> KINDS =
      Map.of(
          "Gelu",
          "gelu",
          "HardSwish",
          "hard-swish",
          "LayerNormalization",
          "layer-norm",
          RSQRT,
          "rsqrt",
          SQUARED_DIFFERENCE,
          "squared-difference");

  private final Wiring wiring;
  private final Map<String, Value> values;
  private final Map<String, StoredNode> replaced = new HashMap<>();
  private final Set<String> removed = new HashSet<>();

  private Idioms(Wiring wiring, Map<String, Value> values) {
    this.wiring = wiring;
    this.values = values;
  }

  /**
   * The same network with those operators in one node each.
   *
   * @param values the stored ones: an idiom is known by its constants
   */
  static Wiring recognise(Wiring wiring, Map<String, Value> values) {
    return new Idioms(wiring, values).run();
  }

  private Wiring run() {
    for (StoredNode node : wiring.nodes()) {
      wiring.checkWanted();
      switch (node.type()) {
        case "Erf" -> gelu(node);
        case "HardSigmoid", "Clip" -> hardSwish(node);
        case "Sub" -> layerNorm(node);
        case "Reciprocal", "Div" -> reciprocalRoot(node);
        case "Mul", "Pow" -> squaredDifference(node);
        default -> {}
      }
    }
    if (replaced.isEmpty()) {
      return wiring;
    }
    List<StoredNode> nodes = new ArrayList<>();
    for (StoredNode node : wiring.nodes()) {
      wiring.checkWanted();
      if (!removed.contains(node.output(0))) {
        nodes.add(replaced.getOrDefault(node.output(0), node));
      }
    }
    return wiring.with(nodes);
  }

  /** x / sqrt(2), erf, + 1, and times x and 1/2 in any order. */
  private void gelu(StoredNode erf) {
    Optional<StoredNode> scaled = alone(erf.input(0)).filter(node -> scales(node));
    Optional<StoredNode> plusOne = next(erf, "Add").filter(node -> has(node, 1));
    if (scaled.isEmpty() || plusOne.isEmpty()) {
      return;
    }
    String x = variable(scaled.get());
    Optional<StoredNode> first = next(plusOne.get(), "Mul");
    if (x.isEmpty() || first.isEmpty()) {
      return;
    }
    String beside = beside(first.get(), plusOne.get().output(0));
    Optional<StoredNode> second = next(first.get(), "Mul");
    if (beside.equals(x) && second.filter(node -> has(node, 0.5)).isPresent()) {
      replace(second.get(), "Gelu", List.of(x), scaled.get(), erf, plusOne.get(), first.get());
    } else if (near(beside, 0.5) && second.filter(n -> n.inputs().contains(x)).isPresent()) {
      replace(second.get(), "Gelu", List.of(x), scaled.get(), erf, plusOne.get(), first.get());
    } else {
      Optional<StoredNode> half = alone(beside).filter(node -> node.type().equals("Mul"));
      if (half.filter(node -> has(node, 0.5) && variable(node).equals(x)).isPresent()) {
        replace(first.get(), "Gelu", List.of(x), scaled.get(), erf, plusOne.get(), half.get());
      }
    }
  }

  private boolean scales(StoredNode node) {
    return (node.type().equals("Div") && near(node.input(1), Math.sqrt(2)))
        || (node.type().equals("Mul") && has(node, Math.sqrt(0.5)));
  }

  /** x times its hard sigmoid, or times relu6(x + 3) and then a sixth. */
  private void hardSwish(StoredNode gate) {
    if (gate.type().equals("HardSigmoid")) {
      next(gate, "Mul")
          .filter(product -> beside(product, gate.output(0)).equals(gate.input(0)))
          .filter(product -> isHardSwishGate(gate))
          .ifPresent(product -> replace(product, "HardSwish", List.of(gate.input(0)), gate));
      return;
    }
    Optional<StoredNode> shifted =
        alone(gate.input(0)).filter(node -> node.type().equals("Add") && has(node, 3));
    boolean relu6 =
        Clipping.of(gate, values)
            .filter(activation -> activation == dev.ppe.simulator.graph.Activation.RELU6)
            .isPresent();
    if (shifted.isEmpty() || !relu6) {
      return;
    }
    String x = variable(shifted.get());
    Optional<StoredNode> first = wiring.soleReader(gate.output(0));
    Optional<StoredNode> second = first.flatMap(node -> wiring.soleReader(node.output(0)));
    if (second.isEmpty()) {
      return;
    }
    boolean productFirst = isProduct(first.get(), gate, x) && isSixth(second.get());
    boolean sixthFirst = isSixth(first.get()) && isProduct(second.get(), first.get(), x);
    if (productFirst || sixthFirst) {
      replace(second.get(), "HardSwish", List.of(x), shifted.get(), gate, first.get());
    }
  }

  private static boolean isHardSwishGate(StoredNode gate) {
    return gate.attributes().get("alpha") instanceof Attribute.Real alpha
        && Math.abs(alpha.value() - 1 / 6.0) < 1e-4;
  }

  private boolean isProduct(StoredNode node, StoredNode from, String x) {
    return node.type().equals("Mul") && beside(node, from.output(0)).equals(x);
  }

  private boolean isSixth(StoredNode node) {
    return (node.type().equals("Div") && near(node.input(1), 6))
        || (node.type().equals("Mul") && has(node, 1 / 6.0));
  }

  /** x - mean, squared, mean, + epsilon, root, quotient; and times scale, plus offset. */
  private void layerNorm(StoredNode centred) {
    Optional<StoredNode> mean =
        alone(centred.input(1)).filter(node -> node.type().equals("ReduceMean"));
    String x = centred.input(0);
    if (mean.isEmpty() || !mean.get().input(0).equals(x) || x.isEmpty()) {
      return;
    }
    Optional<StoredNode> square =
        reader(centred, node -> node.type().equals("Pow") || isSquare(node, centred.output(0)));
    Optional<StoredNode> quotient = reader(centred, node -> node.type().equals("Div"));
    Optional<StoredNode> variance = square.flatMap(node -> next(node, "ReduceMean"));
    Optional<StoredNode> shifted = variance.flatMap(node -> next(node, "Add"));
    Optional<StoredNode> root = shifted.flatMap(node -> next(node, "Sqrt"));
    if (quotient.isEmpty()
        || root.flatMap(node -> next(node, "Div")).filter(quotient.get()::equals).isEmpty()
        || !quotient.get().input(0).equals(centred.output(0))) {
      return;
    }
    Optional<StoredNode> scaled = next(quotient.get(), "Mul").filter(this::hasStored);
    Optional<StoredNode> offset = scaled.flatMap(node -> next(node, "Add")).filter(this::hasStored);
    Optional<Integer> axis = firstAxis(mean.get());
    if (axis.isEmpty()) {
      return;
    }
    StoredNode last = offset.or(() -> scaled).or(() -> quotient).get();
    List<String> operands = new ArrayList<>(List.of(x));
    scaled.ifPresent(node -> operands.add(beside(node, quotient.get().output(0))));
    offset.ifPresent(node -> operands.add(beside(node, scaled.get().output(0))));
    List<StoredNode> parts = new ArrayList<>();
    parts.add(mean.get());
    parts.add(centred);
    parts.add(square.get());
    parts.add(variance.get());
    parts.add(shifted.get());
    parts.add(root.get());
    parts.add(quotient.get());
    scaled.ifPresent(parts::add);
    parts.remove(last);
    replace(
        last.with(Map.of("axis", new Attribute.Whole(axis.get()))),
        "LayerNormalization",
        operands,
        parts);
  }

  /** The first node of a kind that reads the result of {@code node}. */
  private Optional<StoredNode> reader(StoredNode node, Predicate<StoredNode> kind) {
    for (StoredNode reader : wiring.readers(node.output(0))) {
      wiring.checkWanted();
      if (kind.test(reader)) {
        return Optional.of(reader);
      }
    }
    return Optional.empty();
  }

  private static boolean isSquare(StoredNode node, String value) {
    return node.type().equals("Mul") && node.inputs().equals(List.of(value, value));
  }

  /** The first of the axes, counted from the innermost; they reach to the innermost. */
  private Optional<Integer> firstAxis(StoredNode mean) {
    List<Integer> axes =
        mean.attributes().get("axes") instanceof Attribute.Wholes wholes
            ? wholes.values().stream().map(Long::intValue).sorted().toList()
            : constant(mean.input(1)).map(Constant::integers).orElse(List.of());
    boolean fromEnd = axes.stream().allMatch(axis -> axis < 0);
    return axes.isEmpty() || (axes.size() > 1 && !fromEnd)
        ? Optional.empty()
        : Optional.of(axes.getFirst());
  }

  /** One over the root of x. */
  private void reciprocalRoot(StoredNode quotient) {
    boolean divides = quotient.type().equals("Div");
    if (divides && !near(quotient.input(0), 1)) {
      return;
    }
    alone(quotient.input(divides ? 1 : 0))
        .filter(node -> node.type().equals("Sqrt"))
        .ifPresent(root -> replace(quotient, RSQRT, root.inputs(), List.of(root)));
  }

  /** x - y times itself, or to the power of two. */
  private void squaredDifference(StoredNode square) {
    String difference = square.input(0);
    boolean squares =
        square.type().equals("Pow") ? near(square.input(1), 2) : isSquare(square, difference);
    boolean onlyThere = wiring.readers(difference).stream().allMatch(square::equals);
    if (squares && onlyThere && !wiring.isOutput(difference)) {
      wiring
          .writer(difference)
          .filter(node -> node.type().equals("Sub"))
          .ifPresent(sub -> replace(square, SQUARED_DIFFERENCE, sub.inputs(), List.of(sub)));
    }
  }

  // What the patterns are made of.

  private void replace(StoredNode last, String type, List<String> operands, StoredNode... parts) {
    replace(last.with(Map.of()), type, operands, List.of(parts));
  }

  /**
   * Puts an operator in the place of {@code last}, with its attributes, and of the parts before it;
   * unless they are operators of their own.
   */
  private void replace(
      StoredNode last, String type, List<String> operands, List<StoredNode> parts) {
    if (parts.stream().anyMatch(StoredNode::isOwn)
        || (last.isOwn() && !last.kind().equals(KINDS.get(type)))) {
      return;
    }
    replaced.put(last.output(0), last.as(type, operands, last.attributes()));
    parts.forEach(part -> removed.add(part.output(0)));
  }

  /** The node that alone reads the result of {@code node}, if it is of {@code type}. */
  private Optional<StoredNode> next(StoredNode node, String type) {
    return wiring.soleReader(node.output(0)).filter(reader -> reader.type().equals(type));
  }

  /** The node that writes {@code name}, if one node alone reads it. */
  private Optional<StoredNode> alone(String name) {
    return wiring.soleReader(name).isPresent() ? wiring.writer(name) : Optional.empty();
  }

  /** The operand of two that is not {@code name}; empty if there is no such. */
  private static String beside(StoredNode node, String name) {
    if (node.inputs().size() != 2) {
      return "";
    }
    return node.input(0).equals(name) ? node.input(1) : node.input(0);
  }

  /** The operand of two that is not stored. */
  private String variable(StoredNode node) {
    return constant(node.input(1)).isPresent() ? node.input(0) : node.input(1);
  }

  private boolean hasStored(StoredNode node) {
    return node.inputs().stream().anyMatch(name -> values.get(name) instanceof Stored);
  }

  private boolean has(StoredNode node, double number) {
    return node.inputs().stream().anyMatch(name -> near(name, number));
  }

  private boolean near(String name, double number) {
    return constant(name)
        .filter(constant -> constant.count() == 1)
        .filter(constant -> Math.abs(constant.single() - number) < 1e-3)
        .isPresent();
  }

  private Optional<Constant> constant(String name) {
    return values.get(name) instanceof Stored stored ? stored.constant() : Optional.empty();
  }
}
