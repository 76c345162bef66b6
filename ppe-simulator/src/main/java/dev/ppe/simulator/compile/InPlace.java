package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Results that are written over an operand. An elementwise layer reads a position and writes the
 * same position, so its result may take the place of an operand that nobody needs afterwards, if
 * both are alike: shape, type, and bytes in a PE. Of several such operands it is the one made last,
 * whose place has been taken for the shortest time. One buffer then lives from when the operand is
 * made to when the result is last read: less is alive at a time, but the longer life may leave gaps
 * below others. The vendor's compiler does that: an addition in DeepLab takes exactly the room that
 * this rule says (docs/machine-model.md).
 */
final class InPlace {
  private static final int NONE = -1;

  private final Graph graph;
  private final List<Layer> layers;
  private final Residence residence;
  private final Lifetimes lifetimes;
  private final BitSet forHost;
  private final int[] result; // of each step that may write over an operand
  private final int[] operand; // of each such step

  private InPlace(
      Graph graph,
      List<Layer> layers,
      Residence residence,
      Lifetimes lifetimes,
      Interruption interruption) {
    this.graph = graph;
    this.layers = layers;
    this.residence = residence;
    this.lifetimes = lifetimes;
    this.forHost = forHost(interruption);
    this.result = new int[layers.size()];
    this.operand = new int[layers.size()];
    Arrays.fill(result, NONE);
    Arrays.fill(operand, NONE);
  }

  /** What may be written over what, as far as both are in PE memory. */
  static InPlace of(
      Graph graph,
      List<Layer> layers,
      Residence residence,
      Lifetimes lifetimes,
      Interruption interruption) {
    InPlace inPlace = new InPlace(graph, layers, residence, lifetimes, interruption);
    for (int step = 0; step < layers.size(); step++) {
      interruption.check();
      inPlace.step(step);
    }
    return inPlace;
  }

  /** Roots that the host still reads, or the caller, when layers on the accelerator have. */
  private BitSet forHost(Interruption interruption) {
    BitSet roots = new BitSet();
    graph.outputs().forEach(output -> roots.set(lifetimes.root(output)));
    for (Layer layer : layers) {
      interruption.check();
      if (!layer.onAccelerator()) {
        layer.inputs().forEach(input -> roots.set(lifetimes.root(input)));
      }
    }
    return roots;
  }

  private void step(int step) {
    Layer layer = layers.get(step);
    if (!layer.onAccelerator() || layer.outputs().size() != 1 || !isElementwise(layer)) {
      return;
    }
    int written = layer.outputs().getFirst();
    if (!lifetimes.lives(written)) {
      return; // a view
    }
    for (int input : layer.inputs()) {
      int root = lifetimes.root(input);
      boolean later =
          operand[step] == NONE || lifetimes.first(root) > lifetimes.first(operand[step]);
      if (later && lifetimes.last(root) == step && !forHost.get(root) && alike(root, written)) {
        operand[step] = root;
        result[step] = written;
      }
    }
  }

  private boolean alike(int one, int other) {
    Tensor a = graph.tensor(one);
    Tensor b = graph.tensor(other);
    return a.shape().equals(b.shape())
        && a.type().bits() == b.type().bits()
        && residence.placeBytes(one) == residence.placeBytes(other);
  }

  private boolean isElementwise(Layer layer) {
    Node node = graph.nodes().get(layer.main());
    return switch (node.operator()) {
      case Operator.Binary binary -> true;
      case Operator.Unary unary -> true;
      case Operator.PRelu relu -> true;
      case Operator.Quantize quantize -> true;
      default -> false;
    };
  }

  /** Bytes that a step's operand and result have in common. */
  long sharedBytes(int step, List<Optional<Spill>> spills) {
    return isInPlace(step, spills) ? residence.placeBytes(result[step]) : 0;
  }

  private boolean isInPlace(int step, List<Optional<Spill>> spills) {
    return result[step] != NONE
        && spills.get(result[step]).isEmpty()
        && spills.get(operand[step]).isEmpty();
  }

  /** For each tensor the one in whose place it is: itself, or what its root is written over. */
  int[] places(List<Optional<Spill>> spills, Interruption interruption) {
    int[] places = new int[lifetimes.tensors()];
    Arrays.setAll(places, lifetimes::root);
    for (int step = 0; step < layers.size(); step++) {
      interruption.checkAt(step);
      if (isInPlace(step, spills)) {
        places[result[step]] = places[operand[step]];
      }
    }
    Arrays.setAll(places, tensor -> places[lifetimes.root(tensor)]);
    return places;
  }
}
