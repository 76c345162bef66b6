package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A tensor as the file describes it.
 *
 * @param shape as declared, and once {@link InputSizes} are known with the size asked for where it
 *     is open; empty if the file has none (a scalar cannot be told from a missing shape)
 * @param signature the declared dimensions with -1 for each that is left open; empty as {@code
 *     shape}
 * @param variable whether it keeps its value from one inference to the next
 * @param sparse whether its data are stored sparse
 * @param data its stored value
 */
record StoredTensor(
    String name,
    Optional<Shape> shape,
    List<Integer> signature,
    DataType type,
    Quantization quantization,
    boolean variable,
    boolean sparse,
    Data data) {

  /**
   * Where a value is stored in the file.
   *
   * @param bytes 0 if there is none
   */
  record Data(int start, int bytes) {
    static final Data NONE = new Data(0, 0);
  }

  static final int OPEN = -1;

  /** Whether the model stores its value; one without elements needs no bytes for that. */
  boolean stored() {
    return data.bytes() > 0 || shape.filter(s -> s.elements() == 0).isPresent();
  }

  StoredTensor withShape(Optional<Shape> other) {
    return new StoredTensor(name, other, signature, type, quantization, variable, sparse, data);
  }

  boolean batchOpen() {
    return !signature.isEmpty() && signature.get(0) == OPEN;
  }

  /** Whether a dimension other than the batch is open: the stored size may be another one's. */
  boolean mapOpen() {
    return signature.lastIndexOf(OPEN) > 0;
  }

  /**
   * Whether {@code other} is what the file declares, but for dimensions of 1 and those left open.
   */
  boolean agrees(Shape other) {
    if (shape.isEmpty() || shape.get().equals(other)) {
      return true;
    }
    return withoutOnes(shape.get()).equals(withoutOnes(other)) || openAgrees(other);
  }

  private boolean openAgrees(Shape other) {
    if (signature.size() != other.rank()) {
      return false;
    }
    for (int i = 0; i < other.rank(); i++) {
      if (signature.get(i) != OPEN && signature.get(i) != other.dim(i)) {
        return false;
      }
    }
    return true;
  }

  private static List<Integer> withoutOnes(Shape shape) {
    return shape.toList().stream().filter(dimension -> dimension != 1).toList();
  }
}
