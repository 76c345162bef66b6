package dev.ppe.wire;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small quantised network as a TFLite file, written without the simulator's help: convolution,
 * depthwise convolution, residual, gate, concatenation, pooling, mean, fully connected, softmax.
 * Numbers of fields, operators and types are the schema's.
 */
final class SmallTflite {
  private static final int INT8 = 9;
  private static final int INT32 = 2;
  private static final int SCHEMA_VERSION = 3;

  private final FlatBufferBuilder builder = new FlatBufferBuilder(4096);
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> codes = new ArrayList<>();
  private final List<Integer> operators = new ArrayList<>();

  private SmallTflite() {
    builder.forceDefaults(true);
    buffers.add(buffer(new byte[0]));
  }

  static byte[] bytes() {
    return new SmallTflite().network();
  }

  private byte[] network() {
    int image = tensor("image", 1, 16, 16, 8);
    int first = tensor("conv", 1, 8, 8, 16);
    int second = tensor("depthwise", 1, 8, 8, 16);
    int sum = tensor("sum", 1, 8, 8, 16);
    int gate = tensor("gate", 1, 8, 8, 16);
    int gated = tensor("gated", 1, 8, 8, 16);
    int both = tensor("both", 1, 8, 8, 32);
    int pooled = tensor("pooled", 1, 4, 4, 32);
    int mean = tensor("mean", 1, 32);
    int logits = tensor("logits", 1, 10);
    int classes = tensor("classes", 1, 10);
    int bias = constant(INT32, new byte[64], 16);
    // Fields of options by their place; padding SAME is 0.
    operator(3, 1, new int[] {0, 2, 2, 1}, first, image, weights(16, 3, 3, 8), bias);
    operator(4, 2, new int[] {0, 1, 1, 1, 3}, second, first, weights(1, 3, 3, 16), bias);
    operator(0, 11, new int[] {0}, sum, first, second);
    operator(14, 0, new int[0], gate, sum);
    operator(18, 21, new int[] {0}, gated, sum, gate);
    operator(2, 10, new int[] {3, 0}, both, sum, gated);
    operator(17, 5, new int[] {0, 2, 2, 2, 2, 0}, pooled, both);
    int axes = constant(INT32, new byte[] {1, 0, 0, 0, 2, 0, 0, 0}, 2);
    operator(40, 27, new int[] {0}, mean, pooled, axes);
    operator(9, 8, new int[] {0}, logits, mean, weights(10, 32));
    operator(25, 9, new int[0], classes, logits);
    return file(image, classes);
  }

  private int tensor(String name, int... shape) {
    return stored(name, INT8, 0, shape);
  }

  private int weights(int... shape) {
    return constant(INT8, new byte[Arrays.stream(shape).reduce(1, (a, b) -> a * b)], shape);
  }

  private int constant(int type, byte[] data, int... shape) {
    buffers.add(buffer(data));
    return stored("constant", type, buffers.size() - 1, shape);
  }

  private int stored(String name, int type, int buffer, int... shape) {
    int dimensions = ints(shape);
    int text = builder.createString(name);
    builder.startTable(4);
    builder.addOffset(0, dimensions, 0);
    builder.addByte(1, (byte) type, 0);
    builder.addInt(2, buffer, 0);
    builder.addOffset(3, text, 0);
    tensors.add(builder.endTable());
    return tensors.size() - 1;
  }

  private int buffer(byte[] data) {
    int bytes = builder.createByteVector(data);
    builder.startTable(1);
    builder.addOffset(0, bytes, 0);
    return builder.endTable();
  }

  /** Every option is 32 bits wide: of a narrower one the reader takes the low bytes. */
  private void operator(int code, int optionsType, int[] options, int output, int... inputs) {
    builder.startTable(4);
    builder.addByte(0, (byte) code, 0);
    builder.addInt(2, 1, 0);
    builder.addInt(3, code, 0);
    codes.add(builder.endTable());
    int from = ints(inputs);
    int to = ints(output);
    builder.startTable(8);
    for (int field = 0; field < options.length; field++) {
      builder.addInt(field, options[field], 0);
    }
    int table = builder.endTable();
    builder.startTable(5);
    builder.addInt(0, codes.size() - 1, 0);
    builder.addOffset(1, from, 0);
    builder.addOffset(2, to, 0);
    if (optionsType != 0) {
      builder.addByte(3, (byte) optionsType, 0);
      builder.addOffset(4, table, 0);
    }
    operators.add(builder.endTable());
  }

  private byte[] file(int input, int output) {
    int tensorList = tables(tensors);
    int operatorList = tables(operators);
    int inputs = ints(input);
    int outputs = ints(output);
    builder.startTable(4);
    builder.addOffset(0, tensorList, 0);
    builder.addOffset(1, inputs, 0);
    builder.addOffset(2, outputs, 0);
    builder.addOffset(3, operatorList, 0);
    int subgraphs = tables(List.of(builder.endTable()));
    int codeList = tables(codes);
    int bufferList = tables(buffers);
    builder.startTable(5);
    builder.addInt(0, SCHEMA_VERSION, 0);
    builder.addOffset(1, codeList, 0);
    builder.addOffset(2, subgraphs, 0);
    builder.addOffset(4, bufferList, 0);
    builder.finish(builder.endTable(), "TFL3");
    return builder.sizedByteArray();
  }

  private int tables(List<Integer> offsets) {
    return builder.createVectorOfTables(offsets.stream().mapToInt(i -> i).toArray());
  }

  private int ints(int... values) {
    builder.startVector(Integer.BYTES, values.length, Integer.BYTES);
    for (int i = values.length - 1; i >= 0; i--) {
      builder.addInt(values[i]);
    }
    return builder.endVector();
  }
}
