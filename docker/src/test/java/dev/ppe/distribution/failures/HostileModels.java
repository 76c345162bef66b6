package dev.ppe.distribution.failures;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.ppe.simulator.graph.GraphLimits;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Model files within every limit in which there is as much to look at as there may be. */
final class HostileModels {
  private static final int NODES = GraphLimits.DEFAULT.maxNodes();
  private static final int TENSORS = GraphLimits.DEFAULT.maxTensors();

  /** Of each node, beside one result: a file may have 16 of both for each node that it may have. */
  static final int OPERANDS = 15;

  private static final int ATTRIBUTES = 256;

  /** A fifth of those that there may be, for a heap of 512 MiB. */
  private static final int LISTED_TENSORS = TENSORS / 5;

  private HostileModels() {}

  /** A part of a message. */
  @FunctionalInterface
  private interface Part {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Part part) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      part.write(out);
      out.flush();
    } catch (IOException e) { // into memory
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString().toByteArray();
  }

  /** ModelProto: ir_version 1, graph 7, opset_import 8. */
  private static ByteString model(Part graph) {
    return ByteString.copyFrom(
        message(
            out -> {
              out.writeInt64(1, 8);
              out.writeByteArray(7, message(graph));
              out.writeByteArray(8, message(set -> set.writeInt64(2, 13)));
            }));
  }

  /** ValueInfoProto: name 1, type 2, of one float. */
  private static byte[] value(String name) {
    byte[] dimension = message(out -> out.writeInt64(1, 1));
    byte[] shape = message(out -> out.writeByteArray(1, dimension));
    byte[] tensor =
        message(
            out -> {
              out.writeInt64(1, 1);
              out.writeByteArray(2, shape);
            });
    byte[] type = message(out -> out.writeByteArray(1, tensor));
    return message(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, type);
        });
  }

  static ByteString operandsOnnx() {
    return operandsOnnx(NODES, OPERANDS);
  }

  /** A chain of nodes, each of which reads the one before and the input many times. */
  static ByteString operandsOnnx(int nodes, int operands) {
    return model(
        out -> {
          out.writeByteArray(11, value("x"));
          for (int i = 0; i < nodes; i++) {
            String before = i == 0 ? "x" : "n" + (i - 1);
            String result = "n" + i;
            out.writeByteArray(
                1,
                message(
                    node -> {
                      node.writeString(1, before);
                      for (int k = 1; k < operands; k++) {
                        node.writeString(1, "x");
                      }
                      node.writeString(2, result);
                      node.writeString(4, "Mean");
                    }));
          }
          out.writeByteArray(12, value("n" + (nodes - 1)));
        });
  }

  static ByteString tensorsOnnx() {
    return tensorsOnnx(LISTED_TENSORS);
  }

  /** Initializers with as many listed elements as are looked at. */
  static ByteString tensorsOnnx(int tensors) {
    int elements = 256;
    return model(
        out -> {
          out.writeByteArray(11, value("x"));
          for (int i = 0; i < tensors; i++) {
            String name = "w" + i;
            out.writeByteArray(
                5,
                message(
                    tensor -> {
                      tensor.writeInt64(1, elements);
                      tensor.writeInt64(2, 6);
                      tensor.writeByteArray(5, new byte[elements]);
                      tensor.writeString(8, name);
                    }));
          }
          out.writeByteArray(
              1,
              message(
                  node -> {
                    node.writeString(1, "x");
                    node.writeString(2, "y");
                    node.writeString(4, "Relu");
                  }));
          out.writeByteArray(12, value("y"));
        });
  }

  /** Nodes with as many attributes as one may have, which take many times what they have here. */
  static ByteString attributesOnnx(int nodes) {
    return model(
        out -> {
          out.writeByteArray(11, value("x"));
          for (int i = 0; i < nodes; i++) {
            String before = i == 0 ? "x" : "n" + (i - 1);
            String result = "n" + i;
            out.writeByteArray(
                1,
                message(
                    node -> {
                      node.writeString(1, before);
                      node.writeString(2, result);
                      node.writeString(4, "Relu");
                      for (int k = 0; k < ATTRIBUTES; k++) {
                        String name = Character.toString('!' + k);
                        node.writeByteArray(
                            5, message(attribute -> writeAttribute(attribute, name)));
                      }
                    }));
          }
          out.writeByteArray(12, value("n" + (nodes - 1)));
        });
  }

  /** AttributeProto: name 1, i 3. */
  private static void writeAttribute(CodedOutputStream out, String name) throws IOException {
    out.writeString(1, name);
    out.writeInt64(3, 1);
  }

  static ByteString operandsTflite() {
    return operandsTflite(NODES, TENSORS, OPERANDS);
  }

  /** Custom operators that read the same tensor many times, and the result of the one before. */
  static ByteString operandsTflite(int nodes, int tensorCount, int operandCount) {
    FlatBufferBuilder file = new FlatBufferBuilder(1 << 24);
    int shape = ints(file, 1);
    int[] tensors = new int[tensorCount];
    for (int i = 0; i < tensorCount; i++) {
      int name = file.createString("t" + i);
      file.startTable(8);
      file.addOffset(0, shape, 0);
      file.addOffset(3, name, 0);
      tensors[i] = file.endTable();
    }
    int tensorList = file.createVectorOfTables(tensors);
    int[] operators = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      int[] operands = new int[operandCount];
      operands[0] = i;
      int inputs = ints(file, operands);
      int outputs = ints(file, i + 1);
      file.startTable(5);
      file.addOffset(1, inputs, 0);
      file.addOffset(2, outputs, 0);
      operators[i] = file.endTable();
    }
    int operatorList = file.createVectorOfTables(operators);
    int graphInputs = ints(file, 0);
    int graphOutputs = ints(file, nodes);
    file.startTable(5);
    file.addOffset(0, tensorList, 0);
    file.addOffset(1, graphInputs, 0);
    file.addOffset(2, graphOutputs, 0);
    file.addOffset(3, operatorList, 0);
    int subgraph = file.endTable();
    int subgraphs = file.createVectorOfTables(new int[] {subgraph});
    int custom = file.createString("hostile");
    file.startTable(4);
    file.addByte(0, (byte) 32, 0);
    file.addOffset(1, custom, 0);
    file.addInt(3, 32, 0);
    int codes = file.createVectorOfTables(new int[] {file.endTable()});
    file.startTable(5);
    file.addInt(0, 3, 0);
    file.addOffset(1, codes, 0);
    file.addOffset(2, subgraphs, 0);
    file.finish(file.endTable(), "TFL3");
    return ByteString.copyFrom(file.dataBuffer());
  }

  private static int ints(FlatBufferBuilder file, int... values) {
    file.startVector(Integer.BYTES, values.length, Integer.BYTES);
    for (int i = values.length - 1; i >= 0; i--) {
      file.addInt(values[i]);
    }
    return file.endVector();
  }
}
