package dev.ppe.simulator.format.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.graph.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Writes TFLite files, right and wrong ones, for tests; field numbers are the schema's. */
final class TfliteFile {
  static final int FLOAT32 = 0;
  static final int FLOAT16 = 1;
  static final int INT32 = 2;
  static final int INT64 = 4;
  static final int INT8 = 9;

  private static final int INT32_BYTES = 4;
  private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

  /** A tensor; an empty signature and empty data are left out of the file. */
  record TensorSpec(
      String name,
      List<Integer> shape,
      List<Integer> signature,
      int type,
      ByteBuffer data,
      boolean variable,
      boolean sparse) {
    /** A tensor with that many bytes of data. */
    static TensorSpec of(String name, int type, int dataBytes, Integer... shape) {
      return new TensorSpec(
          name, List.of(shape), List.of(), type, ByteBuffer.allocate(dataBytes), false, false);
    }
  }

  private record OperatorSpec(
      int code, List<Integer> inputs, List<Integer> outputs, OptionsSpec options) {}

  private record CodeSpec(int deprecated, int code, String custom, int version) {}

  private final FlatBufferBuilder builder = new FlatBufferBuilder(1024);
  private final List<TensorSpec> tensors = new ArrayList<>();
  private final List<OperatorSpec> operators = new ArrayList<>();
  private final List<CodeSpec> codes = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();
  private int schemaVersion = 3;
  private int subgraphs = 1;

  TfliteFile() {
    builder.forceDefaults(true);
  }

  TfliteFile schemaVersion(int version) {
    schemaVersion = version;
    return this;
  }

  TfliteFile subgraphs(int count) {
    subgraphs = count;
    return this;
  }

  int add(TensorSpec tensor) {
    tensors.add(tensor);
    return tensors.size() - 1;
  }

  /** An int8 tensor of the given shape. */
  int tensor(String name, int... shape) {
    return add(new TensorSpec(name, list(shape), List.of(), INT8, NO_DATA, false, false));
  }

  int tensorOf(int type, String name, int... shape) {
    return add(new TensorSpec(name, list(shape), List.of(), type, NO_DATA, false, false));
  }

  /** A tensor with a signature beside its shape. */
  int open(String name, int[] shape, int[] signature) {
    return add(new TensorSpec(name, list(shape), list(signature), INT8, NO_DATA, false, false));
  }

  int input(String name, int... shape) {
    return input(tensor(name, shape));
  }

  int input(int tensor) {
    inputs.add(tensor);
    return tensor;
  }

  int output(int tensor) {
    outputs.add(tensor);
    return tensor;
  }

  /** An int8 tensor that is stored. */
  int weights(String name, int... shape) {
    int elements = 1;
    for (int dimension : shape) {
      elements *= dimension;
    }
    return add(
        new TensorSpec(
            name, list(shape), List.of(), INT8, ByteBuffer.allocate(elements), false, false));
  }

  /** A stored list of integers. */
  int integers(int... values) {
    return integers(new int[] {values.length}, values);
  }

  int integers(int[] shape, int... values) {
    ByteBuffer data =
        ByteBuffer.allocate(INT32_BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asIntBuffer().put(values);
    return add(new TensorSpec("constant", list(shape), List.of(), INT32, data, false, false));
  }

  int longs(long... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return add(
        new TensorSpec("constant", List.of(values.length), List.of(), INT64, data, false, false));
  }

  TfliteFile operator(
      BuiltinOperator operator, OptionsSpec options, List<Integer> inputs, List<Integer> outputs) {
    return operator(code(operator), 1, options, inputs, outputs);
  }

  TfliteFile operator(
      int code, int version, OptionsSpec options, List<Integer> inputs, List<Integer> outputs) {
    return operator(new CodeSpec(Math.min(code, 127), code, "", version), options, inputs, outputs);
  }

  TfliteFile custom(String name, List<Integer> inputs, List<Integer> outputs) {
    int code = code(BuiltinOperator.CUSTOM);
    return operator(new CodeSpec(code, code, name, 1), OptionsSpec.NONE, inputs, outputs);
  }

  private TfliteFile operator(
      CodeSpec code, OptionsSpec options, List<Integer> inputs, List<Integer> outputs) {
    if (!codes.contains(code)) {
      codes.add(code);
    }
    operators.add(new OperatorSpec(codes.indexOf(code), inputs, outputs, options));
    return this;
  }

  Graph graph() {
    return model(ImportOptions.DEFAULT).graph();
  }

  ImportedModel model(ImportOptions options) {
    return TfliteReader.read("test", bytes(), options);
  }

  ByteBuffer bytes() {
    int[] tensorTables = new int[tensors.size()];
    Arrays.setAll(tensorTables, i -> tensor(tensors.get(i), i + 1));
    int tensorList = builder.createVectorOfTables(tensorTables);
    int operatorList = tables(operators, this::operator);
    int inputList = OptionsSpec.ints(builder, inputs);
    int outputList = OptionsSpec.ints(builder, outputs);
    int name = builder.createString("main");
    builder.startTable(5);
    builder.addOffset(0, tensorList, 0);
    builder.addOffset(1, inputList, 0);
    builder.addOffset(2, outputList, 0);
    builder.addOffset(3, operatorList, 0);
    builder.addOffset(4, name, 0);
    int subgraph = builder.endTable();

    List<ByteBuffer> data = new ArrayList<>(List.of(NO_DATA));
    tensors.forEach(tensor -> data.add(tensor.data()));
    int bufferList = tables(data, this::buffer);
    int codeList = tables(codes, this::code);
    int[] repeated = new int[subgraphs];
    Arrays.fill(repeated, subgraph);
    int subgraphList = builder.createVectorOfTables(repeated);
    builder.startTable(5);
    builder.addInt(0, schemaVersion, 0);
    builder.addOffset(1, codeList, 0);
    builder.addOffset(2, subgraphList, 0);
    builder.addOffset(4, bufferList, 0);
    builder.finish(builder.endTable(), "TFL3");
    return ByteBuffer.wrap(builder.sizedByteArray());
  }

  private <T> int tables(List<T> values, ToIntFunction<T> writer) {
    return builder.createVectorOfTables(values.stream().mapToInt(writer).toArray());
  }

  private int tensor(TensorSpec tensor, int buffer) {
    int shape = OptionsSpec.ints(builder, tensor.shape());
    int signature = OptionsSpec.ints(builder, tensor.signature());
    int name = builder.createString(tensor.name());
    builder.startTable(1);
    int sparsity = builder.endTable();
    builder.startTable(8);
    builder.addOffset(0, shape, 0);
    builder.addByte(1, (byte) tensor.type(), 0);
    builder.addInt(2, tensor.data().hasRemaining() ? buffer : 0, 0);
    builder.addOffset(3, name, 0);
    builder.addBoolean(5, tensor.variable(), false);
    if (tensor.sparse()) {
      builder.addOffset(6, sparsity, 0);
    }
    if (!tensor.signature().isEmpty()) {
      builder.addOffset(7, signature, 0);
    }
    return builder.endTable();
  }

  private int operator(OperatorSpec operator) {
    int inputList = OptionsSpec.ints(builder, operator.inputs());
    int outputList = OptionsSpec.ints(builder, operator.outputs());
    int options = operator.options().write(builder);
    builder.startTable(5);
    builder.addInt(0, operator.code(), 0);
    builder.addOffset(1, inputList, 0);
    builder.addOffset(2, outputList, 0);
    if (operator.options().type() != 0) {
      builder.addByte(3, (byte) operator.options().type(), 0);
      builder.addOffset(4, options, 0);
    }
    return builder.endTable();
  }

  private int buffer(ByteBuffer data) {
    int vector = builder.createByteVector(data.duplicate());
    builder.startTable(1);
    builder.addOffset(0, vector, 0);
    return builder.endTable();
  }

  private int code(CodeSpec code) {
    int custom = builder.createString(code.custom());
    builder.startTable(4);
    builder.addByte(0, (byte) code.deprecated(), 0);
    builder.addOffset(1, custom, 0);
    builder.addInt(2, code.version(), 0);
    builder.addInt(3, code.code(), 0);
    return builder.endTable();
  }

  /** The schema's code of an operator. */
  static int code(BuiltinOperator operator) {
    return List.of(BuiltinOperator.values()).indexOf(operator);
  }

  private static List<Integer> list(int... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
