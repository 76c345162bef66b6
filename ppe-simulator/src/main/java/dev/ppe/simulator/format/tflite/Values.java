package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is known of each tensor while the operators are gone through: its shape, and for the few
 * that serve as attributes its value.
 */
final class Values {
  /** The most elements of an attribute: four for each dimension of the highest rank. */
  static final int MAX_ATTRIBUTE = 4 * Shape.MAX_RANK;

  private final FlatBuffer file;
  private final List<StoredTensor> tensors;
  private final List<Optional<Shape>> shapes;
  private final int[] standIns;

  Values(
      FlatBuffer file,
      List<StoredTensor> tensors,
      List<Integer> inputs,
      Interruption interruption) {
    this.file = file;
    this.tensors = tensors;
    this.shapes = new ArrayList<>(tensors.size());
    this.standIns = IntStream.range(0, tensors.size()).toArray();
    for (StoredTensor tensor : tensors) {
      interruption.checkAt(shapes.size());
      boolean source = tensor.stored() || tensor.variable();
      shapes.add(source ? Optional.of(declaredOrScalar(tensor)) : Optional.empty());
    }
    for (int input : inputs) {
      interruption.checkAt(input);
      setShape(input, declaredOrScalar(tensors.get(input)));
    }
  }

  private static Shape declaredOrScalar(StoredTensor tensor) {
    return tensor.shape().orElse(Shape.of());
  }

  StoredTensor tensor(int index) {
    return tensors.get(index);
  }

  /** The shape of a tensor, empty as long as nothing has written it. */
  Optional<Shape> shape(int index) {
    return shapes.get(index);
  }

  void setShape(int index, Shape shape) {
    shapes.set(index, Optional.of(shape));
  }

  /**
   * The tensor that consumers of {@code index} read: itself, or the stored one it was folded into.
   */
  int standIn(int index) {
    return standIns[index];
  }

  /** Lets consumers of {@code result} read {@code stored} instead. */
  void fold(int result, int stored) {
    standIns[result] = stored;
    setShape(result, shapes.get(stored).orElseThrow());
  }

  /**
   * The integers stored in a tensor, outermost dimension first; empty if it is computed at run
   * time.
   *
   * @throws IllegalArgumentException if it holds anything else, or more than {@code most}
   */
  Optional<List<Integer>> integers(int index, int most) {
    StoredTensor tensor = tensors.get(index);
    if (!tensor.stored()) {
      return Optional.empty();
    }
    int width = width(tensor.type());
    int count = tensor.data().bytes() / width;
    if (count > most) {
      throw new IllegalArgumentException(
          "operand \"%s\" has %d elements; as an attribute it may have %d"
              .formatted(tensor.name(), count, most));
    }
    int start = tensor.data().start();
    file.charge(start, (long) count * width);
    return Optional.of(
        IntStream.range(0, count).mapToObj(i -> integer(start + (long) i * width, width)).toList());
  }

  private static int width(DataType type) {
    return switch (type) {
      case INT32 -> 4;
      case INT64 -> 8;
      default ->
          throw new IllegalArgumentException(
              "an operand that serves as attribute is %s, must be INT32 or INT64".formatted(type));
    };
  }

  /** 64-bit ends of slices may lie far outside of any tensor: they are cut to the 32-bit range. */
  private int integer(long at, int width) {
    return width == 4
        ? file.int32(at)
        : Math.clamp(file.int64(at), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
