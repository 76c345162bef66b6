package dev.ppe.simulator.format.onnx;

import com.google.protobuf.CodedOutputStream;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes ONNX files for tests, field by field: onnx.proto's numbers stand in the comments. Values
 * of integers and small floats are stored raw, weights as zeros.
 */
final class OnnxFile {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT8 = 3;
  static final int INT32 = 6;
  static final int INT64 = 7;

  /** Writes the fields of one message. */
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private final int opset;
  private final List<byte[]> nodes = new ArrayList<>();
  private final List<byte[]> initializers = new ArrayList<>();
  private final List<byte[]> inputs = new ArrayList<>();
  private final List<byte[]> outputs = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();

  private OnnxFile(int opset) {
    this.opset = opset;
  }

  static OnnxFile opset(int opset) {
    return new OnnxFile(opset);
  }

  static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A float input; a dimension below 0 is open and called "dim" and its axis. */
  OnnxFile input(String name, int... dimensions) {
    inputs.add(value(name, FLOAT, dimensions));
    return this;
  }

  OnnxFile typedInput(String name, int type, int... dimensions) {
    inputs.add(value(name, type, dimensions));
    return this;
  }

  /** An output without a declared shape. */
  OnnxFile output(String name) {
    outputs.add(message(out -> out.writeString(1, name)));
    return this;
  }

  OnnxFile output(String name, int... dimensions) {
    outputs.add(value(name, FLOAT, dimensions));
    return this;
  }

  /** What is declared of a value in between. */
  OnnxFile declare(String name, int... dimensions) {
    values.add(value(name, FLOAT, dimensions));
    return this;
  }

  OnnxFile typedDeclare(String name, int type, int... dimensions) {
    values.add(value(name, type, dimensions));
    return this;
  }

  /** Float weights of zeros. */
  OnnxFile weights(String name, int... dimensions) {
    return zeros(name, FLOAT, 4, dimensions);
  }

  OnnxFile zeros(String name, int type, int width, int... dimensions) {
    int elements = Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
    return raw(name, type, new byte[elements * width], dimensions);
  }

  OnnxFile ints(String name, long... numbers) {
    return raw(name, INT64, longs(numbers), numbers.length);
  }

  OnnxFile scalar(String name, float number) {
    return raw(name, FLOAT, floats(number));
  }

  OnnxFile floats(String name, float... numbers) {
    return raw(name, FLOAT, floats(numbers), numbers.length);
  }

  OnnxFile zeroPoint(String name, int type) {
    return raw(name, type, new byte[1]);
  }

  private static byte[] longs(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(numbers).forEach(bytes::putLong);
    return bytes.array();
  }

  private static byte[] floats(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return bytes.array();
  }

  OnnxFile raw(String name, int type, byte[] data, int... dimensions) {
    return initializer(tensor(name, type, out -> out.writeByteArray(9, data), dimensions));
  }

  /** In another file. */
  OnnxFile external(String name, String location, int... dimensions) {
    Fields entry =
        out -> {
          out.writeString(1, "location");
          out.writeString(2, location);
        };
    Fields data =
        out -> {
          out.writeByteArray(13, message(entry));
          out.writeInt32(14, 1);
        };
    return initializer(tensor(name, FLOAT, data, dimensions));
  }

  OnnxFile initializer(byte[] tensor) {
    initializers.add(tensor);
    return this;
  }

  /** TensorProto: dims 1, data_type 2, name 8. */
  static byte[] tensor(String name, int type, Fields data, int... dimensions) {
    return message(
        out -> {
          for (int dimension : dimensions) {
            out.writeInt64(1, dimension);
          }
          out.writeInt32(2, type);
          out.writeString(8, name);
          data.write(out);
        });
  }

  /** A node named after its first result, for example {@code node("Conv", "x w b", "y")}. */
  OnnxFile node(String type, String inputs, String outputs, Fields... attributes) {
    return node("", type, inputs, outputs, attributes);
  }

  /** NodeProto: input 1, output 2, op_type 4, attribute 5, domain 7; "-" leaves an operand out. */
  OnnxFile node(String domain, String type, String inputs, String outputs, Fields... attributes) {
    nodes.add(
        message(
            out -> {
              for (String input : words(inputs)) {
                out.writeString(1, input);
              }
              for (String output : words(outputs)) {
                out.writeString(2, output);
              }
              out.writeString(4, type);
              for (Fields attribute : attributes) {
                out.writeByteArray(5, message(attribute));
              }
              out.writeString(7, domain);
            }));
    return this;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> word.equals("-") ? "" : word)
        .toList();
  }

  // AttributeProto: name 1, f 2, i 3, s 4, t 5, g 6, ints 8, type 20.

  static Fields attribute(String name, long value) {
    return out -> {
      out.writeString(1, name);
      out.writeInt64(3, value);
      out.writeInt32(20, 2);
    };
  }

  static Fields attribute(String name, float value) {
    return out -> {
      out.writeString(1, name);
      out.writeFloat(2, value);
      out.writeInt32(20, 1);
    };
  }

  static Fields attribute(String name, String value) {
    return out -> {
      out.writeString(1, name);
      out.writeByteArray(4, value.getBytes(StandardCharsets.UTF_8));
      out.writeInt32(20, 3);
    };
  }

  static Fields list(String name, long... values) {
    return out -> {
      out.writeString(1, name);
      for (long value : values) {
        out.writeInt64(8, value);
      }
      out.writeInt32(20, 7);
    };
  }

  static Fields subgraph(String name) {
    return out -> {
      out.writeString(1, name);
      out.writeByteArray(6, new byte[0]);
      out.writeInt32(20, 5);
    };
  }

  /**
   * ValueInfoProto: name 1, type 2; tensor_type 1: elem_type 1, shape 2; dim 1: value 1, param 2.
   */
  private static byte[] value(String name, int type, int... dimensions) {
    byte[] shape =
        message(
            out -> {
              for (int i = 0; i < dimensions.length; i++) {
                int axis = i;
                Fields dimension =
                    dim -> {
                      if (dimensions[axis] < 0) {
                        dim.writeString(2, "dim" + axis);
                      } else {
                        dim.writeInt64(1, dimensions[axis]);
                      }
                    };
                out.writeByteArray(1, message(dimension));
              }
            });
    byte[] tensor =
        message(
            out -> {
              out.writeInt32(1, type);
              out.writeByteArray(2, shape);
            });
    return message(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, message(t -> t.writeByteArray(1, tensor)));
        });
  }

  /** This file after other calls: for blocks that are written more than once. */
  OnnxFile with(Consumer<OnnxFile> block) {
    block.accept(this);
    return this;
  }

  /** ModelProto: ir_version 1, graph 7, opset_import 8. */
  byte[] bytes() {
    return message(
        out -> {
          out.writeInt64(1, 8);
          out.writeByteArray(7, graph());
          out.writeByteArray(8, message(set -> set.writeInt64(2, opset)));
        });
  }

  /** GraphProto: node 1, name 2, initializer 5, input 11, output 12, value_info 13. */
  private byte[] graph() {
    return message(
        out -> {
          for (byte[] node : nodes) {
            out.writeByteArray(1, node);
          }
          out.writeString(2, "test");
          for (byte[] initializer : initializers) {
            out.writeByteArray(5, initializer);
          }
          for (byte[] input : inputs) {
            out.writeByteArray(11, input);
          }
          for (byte[] output : outputs) {
            out.writeByteArray(12, output);
          }
          for (byte[] value : values) {
            out.writeByteArray(13, value);
          }
        });
  }

  ImportedModel model(ImportOptions options) {
    return OnnxReader.read("test", ByteBuffer.wrap(bytes()), options);
  }

  Graph graph(ImportOptions options) {
    return model(options).graph();
  }

  Graph imported() {
    return graph(ImportOptions.DEFAULT);
  }
}
