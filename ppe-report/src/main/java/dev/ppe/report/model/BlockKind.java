package dev.ppe.report.model;

import dev.ppe.report.model.LayerGraph.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a block is, by the kinds of its layers: {@code conv+relu} is a convolution and more. */
final class BlockKind {
  private static final Set<String> CONVOLUTIONS = Set.of("conv", "group-conv");
  private static final Set<String> POOLS = Set.of("global-average-pool", "reduce-mean");

  private static final int FEW = 3;

  private BlockKind() {}

  /** In words, of the layers from {@code first} up to {@code end}. */
  static String of(List<String> kinds, LayerGraph graph, int first, int end) {
    List<String> inside = kinds.subList(first, end);
    if (inside.size() == 1) {
      return inside.getFirst();
    }
    Set<String> operators = new HashSet<>();
    inside.forEach(kind -> operators.addAll(Arrays.asList(kind.split("\\+", -1))));
    if (operators.contains("batch-matmul") && operators.contains("softmax")) {
      return "attention block";
    }
    long convolutions = inside.stream().filter(BlockKind::isConvolution).count();
    String squeezing = squeezes(operators) ? " with squeeze-and-excitation" : "";
    if (operators.contains("depthwise-conv")) {
      int depthwise = indexOfDepthwise(inside);
      boolean expands = inside.subList(0, depthwise).stream().anyMatch(BlockKind::isConvolution);
      return convolutions == 0
          ? "depthwise block"
          : (expands ? "inverted bottleneck" : "separable convolution") + squeezing;
    }
    if (convolutions == 2 && widens(inside, graph, first)) {
      return "fused inverted bottleneck" + squeezing;
    }
    if (isResidual(kinds, graph, first, end)) {
      return "residual block" + squeezing;
    }
    if (operators.contains("concat") && convolutions > 1) {
      return "branches";
    }
    List<String> main = inside.stream().map(BlockKind::main).distinct().toList();
    return main.size() <= FEW ? String.join(", ", main) : "layers";
  }

  /**
   * Whether what comes in goes two ways that an addition joins: it is an operand of that itself, or
   * of a layer whose result is.
   */
  static boolean isResidual(List<String> kinds, LayerGraph graph, int first, int end) {
    if (!graph.known()) {
      return false;
    }
    List<Edge> entering = new ArrayList<>();
    Set<Integer> joined = new HashSet<>(); // layers that add, and those whose results are added
    for (Edge edge : graph.into(first, end)) {
      if (edge.from() < first) {
        entering.add(edge);
      }
      if (has(kinds.get(edge.to()), "add")) {
        joined.add(edge.to());
        joined.add(edge.from());
      }
    }
    return entering.stream()
        .filter(edge -> joined.contains(edge.to()))
        .anyMatch(
            edge ->
                entering.stream()
                    .anyMatch(other -> other.from() == edge.from() && other.to() < edge.to()));
  }

  /** Whether the layer is a depthwise convolution, whatever is fused into it. */
  static boolean isDepthwise(String kind) {
    return has(kind, "depthwise-conv");
  }

  /** The same of a convolution over all channels or groups of them. */
  static boolean isConvolution(String kind) {
    return CONVOLUTIONS.stream().anyMatch(convolution -> has(kind, convolution));
  }

  /** Whether these layers scale channels by what they pool. */
  static boolean isSqueeze(List<String> kinds) {
    Set<String> operators = new HashSet<>();
    kinds.forEach(kind -> operators.addAll(Arrays.asList(kind.split("\\+", -1))));
    return squeezes(operators);
  }

  private static boolean squeezes(Set<String> operators) {
    return operators.contains("mul") && POOLS.stream().anyMatch(operators::contains);
  }

  private static boolean widens(List<String> inside, LayerGraph graph, int first) {
    List<LayerDetail> convolutions = new ArrayList<>();
    for (int i = 0; i < inside.size(); i++) {
      if (isConvolution(inside.get(i))) {
        convolutions.add(graph.details().get(first + i));
      }
    }
    LayerDetail widen = convolutions.getFirst();
    LayerDetail narrow = convolutions.getLast();
    return narrow.isPointwise()
        && widen.channels().out() > widen.channels().in()
        && narrow.channels().out() < narrow.channels().in();
  }

  private static int indexOfDepthwise(List<String> inside) {
    int i = 0;
    while (!isDepthwise(inside.get(i))) {
      i++;
    }
    return i;
  }

  /** The operator that is not fused into another: padding goes before it, the rest behind. */
  private static String main(String kind) {
    List<String> operators = Arrays.asList(kind.split("\\+", -1));
    return operators.getFirst().equals("pad") && operators.size() > 1
        ? operators.get(1)
        : operators.getFirst();
  }

  private static boolean has(String kind, String operator) {
    return Arrays.asList(kind.split("\\+", -1)).contains(operator);
  }
}
