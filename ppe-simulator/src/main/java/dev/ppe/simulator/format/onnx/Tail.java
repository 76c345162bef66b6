package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Shape;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes behind an operator that become part of it, because it alone feeds them: a batch
 * normalisation or a scale per channel goes into the weights, an offset per channel into the bias,
 * and a rectifier becomes the fused activation function.
 */
final class Tail {
  /** Where the channels of the result are: that many axes from the innermost, counted from 1. */
  private record Place(int channels, int rank, int fromEnd) {
    boolean perChannel(Shape shape) {
      return shape.elements() == channels
          && shape.rank() <= rank
          && shape.rank() >= fromEnd
          && shape.dim(shape.rank() - fromEnd) == channels;
    }

    boolean single(Shape shape) {
      return shape.elements() == 1 && shape.rank() <= rank;
    }
  }

  private final NodeView view;
  private final Set<String> absorbed;
  private String output;
  private Activation activation = Activation.NONE;
  private Optional<Stored> bias = Optional.empty();

  /**
   * Finds what an operator takes in.
   *
   * @param absorbed gets the results of the nodes taken in
   */
  Tail(NodeView view, Set<String> absorbed) {
    this.view = view;
    this.absorbed = absorbed;
    this.output = view.node().output(0);
  }

  /**
   * Takes in everything per channel that follows, and then an activation function.
   *
   * @param channels output channels
   * @param rank of the result
   * @param channelAxis of the result, in the file
   */
  Tail ofWeights(Optional<Stored> ownBias, int channels, int rank, int channelAxis) {
    Place place = new Place(channels, rank, rank - channelAxis);
    bias = ownBias;
    boolean found = true;
    while (found) {
      found = next().filter(next -> folds(next, place)).isPresent();
    }
    return ofActivation();
  }

  /** Takes in an activation function. */
  Tail ofActivation() {
    next()
        .ifPresent(
            next ->
                function(next)
                    .ifPresent(
                        function -> {
                          activation = function;
                          take(next);
                        }));
    return this;
  }

  /** The node behind, unless it is an operator of its own. */
  private Optional<StoredNode> next() {
    return view.wiring().soleReader(output).filter(next -> !next.isOwn());
  }

  /**
   * The rectifier that a node is. Others are fused only where the file says so: runtimes compute
   * them one by one.
   */
  private Optional<Activation> function(StoredNode next) {
    Optional<Activation> clip =
        Clipping.of(next, view.values()).filter(found -> found != Activation.NONE);
    if (clip.isPresent() || !view.node().isOwn()) {
      return clip;
    }
    return switch (next.type()) {
      case "Tanh" -> Optional.of(Activation.TANH);
      case "Sigmoid" -> Optional.of(Activation.LOGISTIC);
      case "HardSwish" -> Optional.of(Activation.HARD_SWISH);
      default -> Optional.empty();
    };
  }

  private boolean folds(StoredNode next, Place place) {
    return switch (next.type()) {
      case "BatchNormalization" -> foldsNormalization(next, place);
      case "Add", "Sub" -> foldsOffset(next, place);
      case "Mul", "Div" -> foldsScale(next, place);
      default -> false;
    };
  }

  private boolean foldsNormalization(StoredNode next, Place place) {
    if (!next.domain().isEmpty()
        || !next.input(0).equals(output)
        || place.rank() - place.fromEnd() != 1) {
      return false;
    }
    for (int i = 1; i <= 4; i++) {
      Optional<Stored> parameter = stored(next.input(i));
      if (parameter.isEmpty() || parameter.get().shape().elements() != place.channels()) {
        return false;
      }
    }
    bias = bias.or(() -> stored(next.input(2)));
    take(next);
    return true;
  }

  private boolean foldsOffset(StoredNode next, Place place) {
    Optional<Stored> offset = other(next, next.type().equals("Add"));
    if (offset.isEmpty() || !place.perChannel(offset.get().shape())) {
      return false;
    }
    bias = bias.or(() -> offset);
    take(next);
    return true;
  }

  private boolean foldsScale(StoredNode next, Place place) {
    Optional<Stored> scale = other(next, next.type().equals("Mul"));
    if (view.integer().isPresent()
        || scale.isEmpty()
        || !(place.single(scale.get().shape()) || place.perChannel(scale.get().shape()))) {
      return false;
    }
    take(next);
    return true;
  }

  /** The stored operand beside the one that comes from here. */
  private Optional<Stored> other(StoredNode next, boolean commutes) {
    if (!next.domain().isEmpty() || next.inputs().size() != 2) {
      return Optional.empty();
    }
    if (next.input(0).equals(output)) {
      return stored(next.input(1));
    }
    return commutes ? stored(next.input(0)) : Optional.empty();
  }

  private Optional<Stored> stored(String name) {
    return Optional.ofNullable(view.values().get(name))
        .filter(Stored.class::isInstance)
        .map(Stored.class::cast);
  }

  private void take(StoredNode next) {
    absorbed.add(next.output(0));
    output = next.output(0);
  }

  Activation activation() {
    return activation;
  }

  Optional<Stored> bias() {
    return bias;
  }

  /** Says what the last node's result is. */
  void result(Value value) {
    view.values().put(output, value);
  }
}
