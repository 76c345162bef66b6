package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.tflite.StoredTensor.Data;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a subgraph's list of tensors; field numbers are those of the schema's tables. */
final class TensorReader {
  /** As many of a name are kept, from its end. */
  static final int MAX_NAME_BYTES = 200;

  private static final int EXTERNAL_OFFSET = 2;

  private final FlatBuffer file;
  private final FlatVector buffers;
  private final Interruption interruption;

  TensorReader(FlatBuffer file, FlatTable model, Interruption interruption) {
    this.file = file;
    this.interruption = interruption;
    this.buffers = model.vector(4);
  }

  List<StoredTensor> read(FlatVector tables) {
    List<StoredTensor> tensors = new ArrayList<>(tables.count());
    for (int i = 0; i < tables.count(); i++) {
      interruption.check();
      FlatTable table = tables.table(i);
      String name = table.text(3, MAX_NAME_BYTES);
      try {
        tensors.add(tensor(name, table));
      } catch (IllegalArgumentException e) {
        throw new ModelFormatException(place(i, name), String.valueOf(e.getMessage()));
      }
    }
    return tensors;
  }

  static String place(int index, String name) {
    return "tensor %d \"%s\"".formatted(index, name);
  }

  private StoredTensor tensor(String name, FlatTable table) {
    List<Integer> dimensions = table.vector(0).ints(Shape.MAX_RANK);
    List<Integer> signature = table.vector(7).ints(Shape.MAX_RANK);
    if (signature.isEmpty() || dimensions.isEmpty()) {
      signature = dimensions;
    }
    if (signature.size() != dimensions.size()) {
      throw new IllegalArgumentException(
          "shape %s and signature %s differ in rank".formatted(dimensions, signature));
    }
    Optional<Shape> shape =
        dimensions.isEmpty() ? Optional.empty() : Optional.of(Shape.of(dimensions));
    DataType type = type(table.int8(1, 0));
    Optional<FlatTable> quantization = table.table(4);
    boolean sparse = table.table(6).isPresent();
    Data data = data(table.uint32(2));
    if (data.bytes() > 0 && !sparse && type != DataType.OPAQUE) {
      requireSize(shape.orElse(Shape.of()), type, data);
    }
    return new StoredTensor(
        name,
        shape,
        signature,
        type,
        quantization.isEmpty() ? Quantization.NONE : quantization(quantization.get(), shape),
        table.bool(5),
        sparse,
        data);
  }

  private static void requireSize(Shape shape, DataType type, Data data) {
    long packed = type.bytes(shape.elements());
    boolean fits =
        data.bytes() == packed || (type == DataType.INT4 && data.bytes() == shape.elements());
    if (!fits) {
      throw new IllegalArgumentException(
          "%s elements of %s take %d bytes, but %d are stored"
              .formatted(shape, type, packed, data.bytes()));
    }
  }

  /** The data in a buffer: inside its table, or after the tables in files past two gigabytes. */
  private Data data(long index) {
    if (index == 0) { // by convention the buffer of all tensors without data
      return Data.NONE;
    }
    if (index >= buffers.count()) {
      throw new IllegalArgumentException(
          "its data are in buffer %d, there are %d".formatted(index, buffers.count()));
    }
    FlatTable buffer = buffers.table((int) index);
    long offset = buffer.int64(1);
    if (offset >= EXTERNAL_OFFSET) {
      long size = buffer.int64(2);
      return new Data(file.check(offset, size), (int) size);
    }
    FlatVector inside = buffer.vector(0, 1);
    return new Data(inside.start(), inside.count());
  }

  private static Quantization quantization(FlatTable table, Optional<Shape> shape) {
    FlatVector scales = table.vector(2);
    FlatVector zeroPoints = table.vector(3, 8);
    if (scales.count() == 0) {
      return Quantization.NONE;
    }
    if (scales.count() == 1) {
      long zeroPoint = zeroPoints.count() == 0 ? 0 : zeroPoints.int64(0);
      return new Quantization.PerTensor(scales.float32(0), zeroPoint);
    }
    int axis = table.int32(6, 0);
    if (shape.isPresent() && shape.get().dim(axis) != scales.count()) {
      throw new IllegalArgumentException(
          "it has %d scales along axis %d of shape %s"
              .formatted(scales.count(), axis, shape.get()));
    }
    return new Quantization.PerChannel(axis);
  }

  private static DataType type(int code) {
    return switch (code) {
      case 0 -> DataType.FLOAT32;
      case 1 -> DataType.FLOAT16;
      case 2 -> DataType.INT32;
      case 3 -> DataType.UINT8;
      case 4 -> DataType.INT64;
      case 6 -> DataType.BOOL;
      case 7 -> DataType.INT16;
      case 9 -> DataType.INT8;
      case 10 -> DataType.FLOAT64;
      case 12 -> DataType.UINT64;
      case 15 -> DataType.UINT32;
      case 16 -> DataType.UINT16;
      case 17 -> DataType.INT4;
      case 18 -> DataType.BFLOAT16;
      case 5, 8, 11, 13, 14 -> DataType.OPAQUE; // strings, complex numbers, resources, variants
      default -> throw new IllegalArgumentException("its element type " + code + " is unknown");
    };
  }
}
