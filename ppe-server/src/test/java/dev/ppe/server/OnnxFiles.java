package dev.ppe.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;

/** ONNX files in which there is much of one thing. */
final class OnnxFiles {
  private OnnxFiles() {}

  /** Part of a file. */
  @FunctionalInterface
  interface Part {
    void write(CodedOutputStream out) throws IOException;
  }

  static ByteString message(Part part) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      part.write(out);
      out.flush();
    } catch (IOException e) { // into memory
      throw new AssertionError(e);
    }
    return bytes.toByteString();
  }

  /** ModelProto: ir_version 1, graph 7, opset_import 8. */
  static ByteString model(Part graph) {
    return message(
        out -> {
          out.writeInt64(1, 8);
          out.writeBytes(7, message(graph));
          out.writeBytes(8, message(set -> set.writeInt64(2, 13)));
        });
  }

  /** ValueInfoProto: name 1, type 2 with tensor_type 1: elem_type 1, shape 2 with dim 1. */
  static ByteString value(String name) {
    ByteString dimension = message(out -> out.writeInt64(1, 2));
    ByteString shape =
        message(
            out -> {
              for (int axis = 0; axis < 4; axis++) {
                out.writeBytes(1, dimension);
              }
            });
    ByteString tensor =
        message(
            out -> {
              out.writeInt64(1, 1);
              out.writeBytes(2, shape);
            });
    return message(
        out -> {
          out.writeString(1, name);
          out.writeBytes(2, message(type -> type.writeBytes(1, tensor)));
        });
  }

  /** Nodes with attributes of a number each. AttributeProto: name 1, i 3. */
  static ByteString attributes(int nodes, int ofEach) {
    return model(
        graph -> {
          for (int i = 0; i < nodes; i++) {
            graph.writeBytes(1, message(node -> writeAttributes(node, ofEach)));
          }
        });
  }

  private static void writeAttributes(CodedOutputStream node, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String name = Character.toString('a' + i);
      node.writeBytes(
          5,
          message(
              out -> {
                out.writeString(1, name);
                out.writeInt64(3, 1);
              }));
    }
  }

  /** A node with one attribute of many numbers of two bytes. AttributeProto: name 1, ints 8. */
  static ByteString attributeOf(int numbers) {
    byte[] list = new byte[2 * numbers];
    for (int i = 0; i < list.length; i += 2) {
      list[i] = -1;
      list[i + 1] = 7;
    }
    ByteString attribute =
        message(
            out -> {
              out.writeString(1, "k");
              out.writeByteArray(8, list);
            });
    return model(graph -> graph.writeBytes(1, message(node -> node.writeBytes(5, attribute))));
  }

  /** Stored tensors of listed numbers. TensorProto: dims 1, data_type 2, int32_data 5, name 8. */
  static ByteString listedTensors(int count, int numbers) {
    return model(
        graph -> {
          for (int i = 0; i < count; i++) {
            String name = "w" + i;
            graph.writeBytes(
                5,
                message(
                    out -> {
                      out.writeInt64(1, numbers);
                      out.writeInt64(2, 6);
                      out.writeByteArray(5, new byte[numbers]);
                      out.writeString(8, name);
                    }));
          }
        });
  }

  /** Values that are only declared. */
  static ByteString declared(int count) {
    return model(
        graph -> {
          for (int i = 0; i < count; i++) {
            graph.writeBytes(13, value("v" + i));
          }
        });
  }
}
