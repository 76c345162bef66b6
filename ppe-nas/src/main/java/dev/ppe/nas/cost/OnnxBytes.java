package dev.ppe.nas.cost;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/** A protobuf message of {@code onnx.proto} under way: fields by number, in the order given. */
final class OnnxBytes {
  /** Types of tensors. */
  static final int FLOAT = 1;

  static final int INT64 = 7;
  static final int DOUBLE = 11;

  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  private OnnxBytes add(Write write) {
    try {
      write.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return this;
  }

  OnnxBytes whole(int number, long value) {
    return add(stream -> stream.writeInt64(number, value));
  }

  OnnxBytes text(int number, String value) {
    return add(stream -> stream.writeString(number, value));
  }

  OnnxBytes real(int number, float value) {
    return add(stream -> stream.writeFloat(number, value));
  }

  OnnxBytes data(int number, ByteString value) {
    return add(stream -> stream.writeBytes(number, value));
  }

  OnnxBytes message(int number, OnnxBytes message) {
    return data(number, message.finished());
  }

  ByteString finished() {
    add(CodedOutputStream::flush);
    return bytes.toByteString();
  }

  /** A node of the graph. */
  static OnnxBytes node(
      String domain, String type, List<String> inputs, String output, OnnxBytes... attributes) {
    OnnxBytes node = new OnnxBytes();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, output).text(4, type);
    for (OnnxBytes attribute : attributes) {
      node.message(5, attribute);
    }
    return domain.isEmpty() ? node : node.text(7, domain);
  }

  /** An attribute that is a whole number. */
  static OnnxBytes attribute(String name, long value) {
    return new OnnxBytes().text(1, name).whole(3, value).whole(20, 2);
  }

  /** An attribute that is a text. */
  static OnnxBytes attribute(String name, String value) {
    return new OnnxBytes().text(1, name).text(4, value).whole(20, 3);
  }

  /** A stored tensor. */
  static OnnxBytes tensor(
      String name, int type, List<Integer> shape, int elements, Consumer<ByteBuffer> values) {
    int width = type == FLOAT ? Float.BYTES : Double.BYTES;
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(elements, width)).order(ByteOrder.LITTLE_ENDIAN);
    values.accept(data);
    OnnxBytes tensor = new OnnxBytes();
    shape.forEach(dimension -> tensor.whole(1, dimension));
    return tensor.whole(2, type).text(8, name).data(9, ByteString.copyFrom(data.flip()));
  }

  /** An input or output with any number of rows. */
  static OnnxBytes value(String name, int type, int columns) {
    OnnxBytes shape =
        new OnnxBytes()
            .message(1, new OnnxBytes().text(2, "points"))
            .message(1, new OnnxBytes().whole(1, columns));
    OnnxBytes tensor = new OnnxBytes().whole(1, type).message(2, shape);
    return new OnnxBytes().text(1, name).message(2, new OnnxBytes().message(1, tensor));
  }
}
