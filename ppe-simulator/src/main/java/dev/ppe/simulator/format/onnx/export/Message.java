package dev.ppe.simulator.format.onnx.export;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A protobuf message under way: fields by number, in the order given. Lengths stand before what
 * they measure, so sizes are known before anything is written, and large data are made only then.
 */
final class Message {
  private static final int LENGTH_DELIMITED = 2;

  private interface Field {
    long size();

    void write(CodedOutputStream out) throws IOException;
  }

  private final List<Field> fields = new ArrayList<>();
  private long size;

  private record Varint(int number, long value) implements Field {
    @Override
    public long size() {
      return CodedOutputStream.computeInt64Size(number, value);
    }

    @Override
    public void write(CodedOutputStream out) throws IOException {
      out.writeInt64(number, value);
    }
  }

  private record Real(int number, float value) implements Field {
    @Override
    public long size() {
      return CodedOutputStream.computeFloatSize(number, value);
    }

    @Override
    public void write(CodedOutputStream out) throws IOException {
      out.writeFloat(number, value);
    }
  }

  private record Text(int number, String value) implements Field {
    @Override
    public long size() {
      return CodedOutputStream.computeStringSize(number, value);
    }

    @Override
    public void write(CodedOutputStream out) throws IOException {
      out.writeString(number, value);
    }
  }

  private record Nested(int number, Message message) implements Field {
    @Override
    public long size() {
      return header(number, message.size) + message.size;
    }

    @Override
    public void write(CodedOutputStream out) throws IOException {
      out.writeTag(number, LENGTH_DELIMITED);
      out.writeUInt32NoTag(Math.toIntExact(message.size));
      message.write(out);
    }
  }

  private record Data(int number, int bytes, Consumer<ByteBuffer> source) implements Field {
    @Override
    public long size() {
      return header(number, bytes) + bytes;
    }

    @Override
    public void write(CodedOutputStream out) throws IOException {
      ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
      source.accept(data);
      out.writeTag(number, LENGTH_DELIMITED);
      out.writeUInt32NoTag(bytes);
      out.writeRawBytes(data.array());
    }
  }

  private static long header(int number, long length) {
    return (long) CodedOutputStream.computeTagSize(number)
        + CodedOutputStream.computeUInt64SizeNoTag(length);
  }

  Message whole(int number, long value) {
    return add(new Varint(number, value));
  }

  Message wholes(int number, Iterable<? extends Number> values) {
    values.forEach(value -> whole(number, value.longValue()));
    return this;
  }

  Message real(int number, float value) {
    return add(new Real(number, value));
  }

  Message text(int number, String value) {
    return add(new Text(number, value));
  }

  Message texts(int number, Iterable<String> values) {
    values.forEach(value -> text(number, value));
    return this;
  }

  /** A message, complete by now. */
  Message message(int number, Message message) {
    return add(new Nested(number, message));
  }

  Message messages(int number, Iterable<Message> messages) {
    messages.forEach(message -> message(number, message));
    return this;
  }

  /** So many bytes that {@code source} fills in when they are written, in little-endian order. */
  Message data(int number, int bytes, Consumer<ByteBuffer> source) {
    return add(new Data(number, bytes, source));
  }

  private Message add(Field field) {
    fields.add(field);
    size += field.size();
    return this;
  }

  long size() {
    return size;
  }

  void write(CodedOutputStream out) throws IOException {
    for (Field field : fields) {
      field.write(out);
    }
  }
}
