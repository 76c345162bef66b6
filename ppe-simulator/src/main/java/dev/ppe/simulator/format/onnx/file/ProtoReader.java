package dev.ppe.simulator.format.onnx.file;

import com.google.protobuf.CodedInputStream;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Reads protobuf messages field by field from bytes that may be anything: depth and lengths are
 * checked before they are believed, and whatever is damaged throws {@link ModelFormatException}
 * with the byte.
 *
 * <p>The wire format is that of <a href="https://protobuf.dev/programming-guides/encoding/">the
 * protobuf documentation</a>; groups, which ONNX never has, are refused.
 */
final class ProtoReader {
  /** The longest name or text that is kept. */
  static final int MAX_TEXT = 4_096;

  private static final int MAX_DEPTH = 16;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  /** Of which a field takes two or more, and a microsecond at the most. */
  private static final int BYTES_PER_CHECK = 1_024;

  private final ByteBuffer file;
  private final Interruption interruption;
  private final CodedInputStream in;
  private int tag;
  private int depth;
  private int checkedAt;

  /**
   * Reads {@code file} from its position to its limit, as long as it is wanted; neither changes.
   */
  ProtoReader(ByteBuffer file, Interruption interruption) {
    this.interruption = interruption;
    this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.in = CodedInputStream.newInstance(new BufferInput(this.file));
  }

  /** A step that fails only if the bytes are damaged. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T step(Step<T> step) {
    try {
      return step.run();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private ModelFormatException malformed(IOException damage) {
    return malformed(String.valueOf(damage.getMessage()).strip());
  }

  /** What is thrown for damage at the current byte. */
  ModelFormatException malformed(String reason) {
    return new ModelFormatException(
        "byte " + position(), "the ONNX file is damaged or cut off here: " + reason);
  }

  /** Bytes read so far. */
  int position() {
    return in.getTotalBytesRead();
  }

  /** Goes to the next field of the current message; false at its end. */
  boolean next() {
    checkWanted();
    tag = step(() -> in.isAtEnd() ? 0 : in.readTag());
    return tag != 0;
  }

  private void checkWanted() {
    int position = position();
    if (position - checkedAt >= BYTES_PER_CHECK) {
      checkedAt = position;
      interruption.check();
    }
  }

  /** The current field's number. */
  int field() {
    return tag >>> 3;
  }

  /** Passes over the current field. */
  void skip() {
    switch (tag & 7) {
      case VARINT -> step(in::readRawVarint64);
      case FIXED64 -> skip(Long.BYTES);
      case LENGTH_DELIMITED -> skip(length());
      case FIXED32 -> skip(Integer.BYTES);
      default -> throw malformed("field " + field() + " has wire type " + (tag & 7));
    }
  }

  private void skip(int bytes) {
    step(
        () -> {
          in.skipRawBytes(bytes);
          return true;
        });
  }

  /** The current field as an integer. */
  long whole() {
    require(VARINT);
    return step(in::readRawVarint64);
  }

  /** The current field as an integer of 32 bits. */
  int whole32() {
    long value = whole();
    if (value != (int) value) {
      throw malformed("field " + field() + " is " + value + ", which has no 32 bits");
    }
    return (int) value;
  }

  /** The current field as a number in single precision. */
  float real() {
    require(FIXED32);
    return Float.intBitsToFloat(step(in::readRawLittleEndian32));
  }

  /** The current field as text of at most {@link #MAX_TEXT} bytes. */
  String text() {
    int length = length();
    if (length > MAX_TEXT) {
      throw malformed("a text of %d bytes; %d may be kept".formatted(length, MAX_TEXT));
    }
    return new String(step(() -> in.readRawBytes(length)), StandardCharsets.UTF_8);
  }

  /** What the current field, a doc string, notes; those of other tools may have any length. */
  String note() {
    ByteBuffer doc = bytes();
    return doc.remaining() > MAX_TEXT
        ? ""
        : WriterNotes.read(StandardCharsets.UTF_8.decode(doc).toString());
  }

  /** Whether the current field has a length, as lists of numbers have unless each stands alone. */
  boolean isPacked() {
    return (tag & 7) == LENGTH_DELIMITED;
  }

  /** The current field's bytes, in place and little-endian. */
  ByteBuffer bytes() {
    int length = length();
    int start = position();
    skip(length);
    return file.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The current field as a message that {@code body} reads to its end. */
  <T> T message(Supplier<T> body) {
    int length = length();
    if (++depth > MAX_DEPTH) {
      throw malformed("messages are nested more than %d deep".formatted(MAX_DEPTH));
    }
    int outer = step(() -> in.pushLimit(length));
    T result = body.get();
    if (in.getBytesUntilLimit() != 0) {
      throw malformed("a message does not end where it should");
    }
    in.popLimit(outer);
    depth--;
    return result;
  }

  /** A number that comes next unless the bytes are damaged. */
  private interface Next {
    long read() throws IOException;
  }

  /** The current field's integers, packed or one by one. Returns their bytes, in place. */
  ByteBuffer wholes(LongConsumer each) {
    return list(VARINT, in::readRawVarint64, each);
  }

  /** The same of 32-bit patterns. */
  ByteBuffer words(LongConsumer each) {
    return list(FIXED32, in::readRawLittleEndian32, each);
  }

  /** The same of 64-bit patterns. */
  ByteBuffer longWords(LongConsumer each) {
    return list(FIXED64, in::readRawLittleEndian64, each);
  }

  private ByteBuffer list(int single, Next next, LongConsumer each) {
    int start = position();
    if ((tag & 7) == single) {
      each.accept(step(next::read));
      return file.slice(start, position() - start);
    }
    int length = length();
    start = position();
    int end = start + length;
    try {
      while (position() < end) {
        checkWanted();
        each.accept(next.read());
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    if (position() != end) {
      throw malformed("a list does not end where it should");
    }
    return file.slice(start, length);
  }

  /** The length of the current field, which lies inside the file. */
  private int length() {
    require(LENGTH_DELIMITED);
    int length = step(in::readRawVarint32);
    int limit = in.getBytesUntilLimit();
    int left = limit < 0 ? file.remaining() - position() : limit;
    if (length < 0 || length > left) {
      throw malformed(
          "field %d has %d bytes, %d are left".formatted(field(), length & 0xffffffffL, left));
    }
    return length;
  }

  private void require(int wireType) {
    if ((tag & 7) != wireType) {
      throw malformed(
          "field %d has wire type %d, must have %d".formatted(field(), tag & 7, wireType));
    }
  }
}
