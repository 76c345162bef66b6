package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Phase 2: nodes that the hardware runs as one. On the accelerator a spatial zero padding joins the
 * convolution or pooling that alone reads it, and an activation function joins the operator that
 * alone feeds it; biases and fused activations are in the operators already. Where the vector unit
 * adds ({@code residualAdd}), an addition joins the convolution or fully connected layer that alone
 * feeds it, if its other operand is as large, of the same type, and there before; of two
 * convolutions that are added it thus joins the later one. The host runs node by node.
 */
final class Fuser {
  /** Functions that the requantisation stage behind the accumulators applies on the way out. */
  private static final Set<UnaryFunction> ON_THE_WAY_OUT =
      EnumSet.of(
          UnaryFunction.RELU,
          UnaryFunction.RELU6,
          UnaryFunction.RELU_N1_TO_1,
          UnaryFunction.LOGISTIC,
          UnaryFunction.TANH);

  private final Graph graph;
  private final List<PlacedNode> placed;
  private final boolean residualAdd;
  private final boolean[] there; // tensors: given, or made by a layer so far
  private final int[] readers;
  private final int[] onlyReader;
  private final boolean[] graphOutput;
  private final PlacedNode[] byNode;

  private Fuser(
      Graph graph, List<PlacedNode> placed, Accelerator accelerator, Interruption interruption) {
    this.graph = graph;
    this.placed = placed;
    this.residualAdd = accelerator.vectorUnit().residualAdd();
    this.there = new boolean[graph.tensors().size()];
    Arrays.fill(there, true);
    this.readers = new int[graph.tensors().size()];
    this.onlyReader = new int[graph.tensors().size()];
    this.graphOutput = new boolean[graph.tensors().size()];
    this.byNode = new PlacedNode[graph.nodes().size()];
    placed.forEach(node -> byNode[node.node()] = node);
    graph.outputs().forEach(output -> graphOutput[output] = true);
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.checkAt(i);
      graph.nodes().get(i).outputs().forEach(output -> there[output] = false);
      for (int input : graph.nodes().get(i).inputs()) {
        if (input != Node.ABSENT) {
          readers[input]++;
          onlyReader[input] = i;
        }
      }
    }
  }

  static List<Layer> fuse(
      Graph graph, List<PlacedNode> placed, Accelerator accelerator, Interruption interruption) {
    return new Fuser(graph, placed, accelerator, interruption).fuse(interruption);
  }

  private List<Layer> fuse(Interruption interruption) {
    boolean[] taken = new boolean[graph.nodes().size()];
    List<Layer> layers = new ArrayList<>();
    for (PlacedNode start : placed) {
      interruption.check();
      if (taken[start.node()]) {
        continue;
      }
      List<Integer> nodes = new ArrayList<>(List.of(start.node()));
      int main = start.node();
      if (start.placement().onAccelerator()) {
        if (isSpatialPad(main) && feedsAlone(main, start) && slides(next(main))) {
          main = next(main);
          nodes.add(main);
        }
        if (appliesActivation(main)) {
          boolean function = joinsActivation(nodes, start);
          if (gives(main) && feedsAlone(nodes.getLast(), start) && adds(nodes.getLast())) {
            nodes.add(next(nodes.getLast()));
            if (!function) {
              joinsActivation(nodes, start);
            }
          }
        }
      }
      nodes.forEach(node -> taken[node] = true);
      graph.nodes().get(nodes.getLast()).outputs().forEach(output -> there[output] = true);
      layers.add(FusedNodes.layer(graph, nodes, main, start));
    }
    return List.copyOf(layers);
  }

  /** Takes in the activation function behind the last of {@code nodes}, if there is one. */
  private boolean joinsActivation(List<Integer> nodes, PlacedNode start) {
    int last = nodes.getLast();
    return feedsAlone(last, start) && isActivation(next(last)) && nodes.add(next(last));
  }

  /** Whether its results come out of the cores for good, one by one. */
  private boolean gives(int node) {
    return switch (graph.nodes().get(node).operator()) {
      case Operator.Conv2d conv -> true;
      case Operator.DepthwiseConv2d conv -> true;
      case Operator.FullyConnected fc -> true;
      default -> false;
    };
  }

  /** Whether what reads the result is an addition to something of its kind that is there. */
  private boolean adds(int node) {
    int result = graph.nodes().get(node).outputs().getFirst();
    Node reader = graph.nodes().get(next(node));
    if (!residualAdd
        || !(reader.operator() instanceof Operator.Binary binary)
        || binary.function() != BinaryFunction.ADD) {
      return false;
    }
    int other = reader.inputs().get(reader.inputs().getFirst() == result ? 1 : 0);
    return there[other]
        && !tensor(other).isParameter()
        && isLike(result, other)
        && isLike(result, reader.outputs().getFirst());
  }

  private boolean isLike(int one, int other) {
    return tensor(one).shape().equals(tensor(other).shape())
        && tensor(one).type() == tensor(other).type();
  }

  /** Whether one node alone reads the result, and runs in the same place and stage. */
  private boolean feedsAlone(int node, PlacedNode start) {
    List<Integer> outputs = graph.nodes().get(node).outputs();
    if (outputs.size() != 1
        || readers[outputs.getFirst()] != 1
        || graphOutput[outputs.getFirst()]) {
      return false;
    }
    PlacedNode reader = byNode[next(node)];
    return reader.placement().onAccelerator() && reader.stage() == start.stage();
  }

  private int next(int node) {
    return onlyReader[graph.nodes().get(node).outputs().getFirst()];
  }

  private boolean isSpatialPad(int node) {
    return graph.nodes().get(node).operator() instanceof Operator.Pad pad
        && pad.mode() == Operator.PadMode.CONSTANT
        && pad.before().size() == 4
        && pad.before().get(0) + pad.after().get(0) == 0
        && pad.before().get(3) + pad.after().get(3) == 0;
  }

  /** Whether a padding may move into it: all else it reads must be there from the start. */
  private boolean slides(int node) {
    List<Integer> inputs = graph.nodes().get(node).inputs();
    boolean parametersOnly =
        inputs.stream()
            .skip(1)
            .allMatch(input -> input == Node.ABSENT || tensor(input).isParameter());
    return switch (graph.nodes().get(node).operator()) {
      case Operator.Conv2d conv -> parametersOnly;
      case Operator.DepthwiseConv2d conv -> parametersOnly;
      case Operator.Pool2d pool -> true;
      default -> false;
    };
  }

  private boolean appliesActivation(int node) {
    return switch (graph.nodes().get(node).operator()) {
      case Operator.Conv2d conv -> true;
      case Operator.DepthwiseConv2d conv -> true;
      case Operator.TransposeConv2d conv -> true;
      case Operator.FullyConnected fc -> true;
      case Operator.Binary binary -> true;
      default -> false;
    };
  }

  private boolean isActivation(int node) {
    return graph.nodes().get(node).operator() instanceof Operator.Unary unary
        && ON_THE_WAY_OUT.contains(unary.function());
  }

  private Tensor tensor(int index) {
    return graph.tensor(index);
  }
}
