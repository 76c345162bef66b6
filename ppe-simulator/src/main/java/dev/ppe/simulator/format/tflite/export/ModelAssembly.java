package dev.ppe.simulator.format.tflite.export;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.export.Quantized;
import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The tensors, buffers and operators of a model under way, and how they are laid out at the end.
 * Field numbers are those of the schema's tables, version 3.
 */
final class ModelAssembly {
  private static final String IDENTIFIER = "TFL3";
  private static final int SCHEMA_VERSION = 3;
  private static final int LAST_CODE_OF_A_BYTE = 127;

  /** What kernels that read whole vector registers want. */
  private static final int ALIGNMENT = 16;

  /** Offsets are 32-bit and so is a Java buffer; some room for the tables. */
  private static final long MAX_DATA_BYTES = 1_900_000_000L;

  /** A tensor of the file. */
  record FileTensor(
      String name,
      Shape shape,
      DataType type,
      Optional<Quantized> quantized,
      boolean variable,
      int buffer) {}

  private record Code(BuiltinOperator builtin, String custom) {}

  private record FileOperator(
      int code, OptionsTable options, List<Integer> inputs, List<Integer> outputs) {}

  private final List<FileTensor> tensors = new ArrayList<>();
  private final List<FileOperator> operators = new ArrayList<>();
  private final Map<Content, Integer> buffers = new LinkedHashMap<>();
  private final Map<Code, Integer> codes = new LinkedHashMap<>();
  private final List<Integer> versions = new ArrayList<>();

  ModelAssembly() {
    buffers.put(new Content.None(), 0); // by convention the buffer of all tensors without data
  }

  /** Adds a tensor; one whose content is a constant without a name of its own is stored once. */
  int tensor(
      String name,
      Shape shape,
      DataType type,
      Optional<Quantized> quantized,
      boolean variable,
      Content content) {
    int buffer =
        buffers.computeIfAbsent(
            content.bytes() == 0 ? new Content.None() : content, c -> buffers.size());
    tensors.add(new FileTensor(name, shape, type, quantized, variable, buffer));
    return tensors.size() - 1;
  }

  FileTensor tensor(int index) {
    return tensors.get(index);
  }

  void operator(
      BuiltinOperator builtin,
      int version,
      OptionsTable options,
      List<Integer> inputs,
      List<Integer> outputs) {
    operator(new Code(builtin, ""), version, options, inputs, outputs);
  }

  void custom(String name, List<Integer> inputs, List<Integer> outputs) {
    operator(new Code(BuiltinOperator.CUSTOM, name), 1, OptionsTable.NONE, inputs, outputs);
  }

  /** An operator has one version in a file: the highest that any of its uses needs. */
  private void operator(
      Code code, int version, OptionsTable options, List<Integer> inputs, List<Integer> outputs) {
    int index = codes.computeIfAbsent(code, c -> codes.size());
    if (index == versions.size()) {
      versions.add(version);
    }
    versions.set(index, Math.max(version, versions.get(index)));
    operators.add(new FileOperator(index, options, List.copyOf(inputs), List.copyOf(outputs)));
  }

  /** The file. */
  ByteBuffer finish(String name, List<Integer> inputs, List<Integer> outputs) {
    long data = buffers.keySet().stream().mapToLong(c -> c.bytes() + ALIGNMENT).sum();
    if (data > MAX_DATA_BYTES) {
      throw new ModelFormatException(
          "model",
          "its weights take %d bytes; a TensorFlow Lite file holds up to %d"
              .formatted(data, MAX_DATA_BYTES));
    }
    FlatBufferBuilder builder = new FlatBufferBuilder((int) data + (1 << 16));
    builder.forceDefaults(true); // as TensorFlow's converter writes them
    int bufferList = tables(builder, List.copyOf(buffers.keySet()), c -> buffer(builder, c));
    int subgraph = subgraph(builder, inputs, outputs);
    int subgraphList = builder.createVectorOfTables(new int[] {subgraph});
    int codeList = tables(builder, List.copyOf(codes.entrySet()), c -> code(builder, c));
    int description = builder.createString(name);
    builder.startTable(5);
    builder.addInt(0, SCHEMA_VERSION, 0);
    builder.addOffset(1, codeList, 0);
    builder.addOffset(2, subgraphList, 0);
    builder.addOffset(3, description, 0);
    builder.addOffset(4, bufferList, 0);
    builder.finish(builder.endTable(), IDENTIFIER);
    return builder.dataBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static <T> int tables(
      FlatBufferBuilder builder, List<T> values, ToIntFunction<T> writer) {
    return builder.createVectorOfTables(values.stream().mapToInt(writer).toArray());
  }

  private int subgraph(FlatBufferBuilder builder, List<Integer> inputs, List<Integer> outputs) {
    int tensorList = tables(builder, tensors, tensor -> tensor(builder, tensor));
    int operatorList = tables(builder, operators, operator -> operator(builder, operator));
    int inputList = Vectors.int32(builder, inputs);
    int outputList = Vectors.int32(builder, outputs);
    int name = builder.createString("main");
    builder.startTable(5);
    builder.addOffset(0, tensorList, 0);
    builder.addOffset(1, inputList, 0);
    builder.addOffset(2, outputList, 0);
    builder.addOffset(3, operatorList, 0);
    builder.addOffset(4, name, 0);
    return builder.endTable();
  }

  private static int tensor(FlatBufferBuilder builder, FileTensor tensor) {
    int shape = Vectors.int32(builder, tensor.shape().toList());
    int name = builder.createString(tensor.name());
    int quantization = tensor.quantized().map(q -> quantization(builder, q)).orElse(0);
    builder.startTable(9);
    builder.addOffset(0, shape, 0);
    builder.addByte(1, (byte) TypeCodes.of(tensor.type()), 0);
    builder.addInt(2, tensor.buffer(), 0);
    builder.addOffset(3, name, 0);
    if (quantization != 0) {
      builder.addOffset(4, quantization, 0);
    }
    builder.addBoolean(5, tensor.variable(), false);
    builder.addBoolean(8, true, false); // an empty shape is a scalar's
    return builder.endTable();
  }

  private static int quantization(FlatBufferBuilder builder, Quantized quantized) {
    int scales = Vectors.scales(builder, quantized);
    int zeroPoints = Vectors.zeroPoints(builder, quantized);
    builder.startTable(7);
    builder.addOffset(2, scales, 0);
    builder.addOffset(3, zeroPoints, 0);
    builder.addInt(6, quantized.axis(), 0);
    return builder.endTable();
  }

  private static int operator(FlatBufferBuilder builder, FileOperator operator) {
    int inputs = Vectors.int32(builder, operator.inputs());
    int outputs = Vectors.int32(builder, operator.outputs());
    int options = operator.options().type() == 0 ? 0 : operator.options().write(builder);
    builder.startTable(5);
    builder.addInt(0, operator.code(), 0);
    builder.addOffset(1, inputs, 0);
    builder.addOffset(2, outputs, 0);
    builder.addByte(3, (byte) operator.options().type(), 0);
    if (options != 0) {
      builder.addOffset(4, options, 0);
    }
    return builder.endTable();
  }

  private int code(FlatBufferBuilder builder, Map.Entry<Code, Integer> entry) {
    Code code = entry.getKey();
    int custom = code.custom().isEmpty() ? 0 : builder.createString(code.custom());
    int number = code.builtin().code();
    builder.startTable(4);
    builder.addByte(0, (byte) Math.min(number, LAST_CODE_OF_A_BYTE), 0);
    if (custom != 0) {
      builder.addOffset(1, custom, 0);
    }
    builder.addInt(2, versions.get(entry.getValue()), 1);
    builder.addInt(3, number, 0);
    return builder.endTable();
  }

  private static int buffer(FlatBufferBuilder builder, Content content) {
    int data = 0;
    if (content.bytes() > 0) {
      content.put(
          builder
              .createUnintializedVector(1, content.bytes(), ALIGNMENT)
              .order(ByteOrder.LITTLE_ENDIAN));
      data = builder.endVector();
    }
    builder.startTable(1);
    if (data != 0) {
      builder.addOffset(0, data, 0);
    }
    return builder.endTable();
  }
}
