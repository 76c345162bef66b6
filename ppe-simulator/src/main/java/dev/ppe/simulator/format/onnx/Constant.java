package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.file.Data;
import dev.ppe.simulator.format.onnx.file.StoredTensor;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * The elements of a small stored or computed value, such as the target of a reshape. Integers are
 * kept as doubles: exact up to 2^53, which no shape comes near, and an end of 2^63 - 1 stays far
 * outside of any tensor.
 */
final class Constant {
  /** The most elements that are looked at: more make no attribute. */
  static final int MAX_ELEMENTS = Data.Listed.KEPT;

  private final DataType type;
  private final Shape shape;
  private final double[] values;

  Constant(DataType type, Shape shape, double... values) {
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(values.length + " values of shape " + shape);
    }
    this.type = type;
    this.shape = shape;
    this.values = values;
  }

  /** The elements of {@code tensor}, if they are few and in the file. */
  static Optional<Constant> of(StoredTensor tensor) {
    long count = tensor.shape().elements();
    if (count > MAX_ELEMENTS || tensor.sparse()) {
      return Optional.empty();
    }
    return switch (tensor.data()) {
      case Data.Listed listed when listed.isKept() -> Optional.of(listed(tensor, listed.read()));
      case Data.Raw raw -> raw(tensor, raw.bytes(), (int) count);
      case Data.Listed listed -> Optional.empty();
      case Data.External external -> Optional.empty();
    };
  }

  private static Constant listed(StoredTensor tensor, double[] values) {
    double[] decoded = new double[values.length];
    for (int i = 0; i < decoded.length; i++) {
      double value = values[i];
      decoded[i] =
          switch (tensor.type()) { // 16-bit floats are listed as their bits
            case FLOAT16 -> Float.float16ToFloat((short) value);
            case BFLOAT16 -> Float.intBitsToFloat((int) value << 16);
            default -> value;
          };
    }
    return new Constant(tensor.type(), tensor.shape(), decoded);
  }

  private static Optional<Constant> raw(StoredTensor tensor, ByteBuffer bytes, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      switch (tensor.type()) {
        case FLOAT64 -> values[i] = bytes.getDouble(8 * i);
        case FLOAT32 -> values[i] = bytes.getFloat(4 * i);
        case FLOAT16 -> values[i] = Float.float16ToFloat(bytes.getShort(2 * i));
        case BFLOAT16 -> values[i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
        case INT64, UINT64 -> values[i] = bytes.getLong(8 * i);
        case INT32 -> values[i] = bytes.getInt(4 * i);
        case UINT32 -> values[i] = bytes.getInt(4 * i) & 0xffffffffL;
        case INT16 -> values[i] = bytes.getShort(2 * i);
        case UINT16 -> values[i] = bytes.getShort(2 * i) & 0xffff;
        case INT8 -> values[i] = bytes.get(i);
        case UINT8, BOOL -> values[i] = bytes.get(i) & 0xff;
        case INT4, OPAQUE -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Constant(tensor.type(), tensor.shape(), values));
  }

  /** Integers in one row. */
  static Constant integers(List<Integer> values) {
    return new Constant(
        DataType.INT64,
        Shape.of(values.size()),
        values.stream().mapToDouble(Integer::doubleValue).toArray());
  }

  DataType type() {
    return type;
  }

  Shape shape() {
    return shape;
  }

  int count() {
    return values.length;
  }

  double get(int index) {
    return values[index];
  }

  /** The only element. */
  double single() {
    if (values.length != 1) {
      throw new IllegalArgumentException(
          "a value of %d elements, must have one".formatted(values.length));
    }
    return values[0];
  }

  /** The elements as integers; those past 32 bits are cut to the range. */
  List<Integer> integers() {
    return Arrays.stream(values).mapToObj(value -> (int) value).toList();
  }

  Constant with(DataType otherType, Shape otherShape) {
    return new Constant(otherType, otherShape, values);
  }

  /** The elements at {@code indices}. */
  Constant pick(Shape picked, int... indices) {
    return new Constant(
        type, picked, Arrays.stream(indices).mapToDouble(index -> values[index]).toArray());
  }

  /** The elements with their axes permuted, which gives {@code target}. */
  Constant transposed(List<Integer> permutation, Shape target) {
    int rank = shape.rank();
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape.dim(i);
    }
    int[] indices = new int[values.length];
    for (int i = 0; i < indices.length; i++) {
      int rest = i;
      for (int axis = rank - 1; axis >= 0; axis--) {
        indices[i] += rest % target.dim(axis) * strides[shape.axis(permutation.get(axis))];
        rest /= target.dim(axis);
      }
    }
    return pick(target, indices);
  }

  /** Element by element with {@code other}; one of the two may be a single element. */
  Optional<Constant> combine(Constant other, DataType result, DoubleBinaryOperator function) {
    int most = Math.max(values.length, other.values.length);
    if ((values.length != most && values.length != 1)
        || (other.values.length != most && other.values.length != 1)) {
      return Optional.empty();
    }
    double[] combined = new double[most];
    for (int i = 0; i < most; i++) {
      combined[i] =
          function.applyAsDouble(
              values[values.length == 1 ? 0 : i], other.values[other.values.length == 1 ? 0 : i]);
    }
    Shape wider = shape.rank() >= other.shape.rank() ? shape : other.shape;
    return Optional.of(
        new Constant(result, wider.elements() == most ? wider : Shape.of(most), combined));
  }
}
