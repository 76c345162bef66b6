package dev.ppe.simulator.format.onnx.file;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers that a file lists, as they stand there: a number of one byte takes eight as a {@code
 * double}, and few are ever asked for.
 *
 * @param bytes of all of them
 * @param count how many they are
 */
public record ListedNumbers(Encoding encoding, ByteBuffer bytes, int count) {
  static final ListedNumbers NONE = new ListedNumbers(Encoding.WHOLES, ByteBuffer.allocate(0), 0);

  /** How a number is written. */
  public enum Encoding {
    /** Integers of any length. */
    WHOLES,
    /** Numbers in single precision. */
    WORDS,
    /** Numbers in double precision. */
    LONG_WORDS;

    /** The number that stands as {@code bits}. */
    double number(long bits) {
      return switch (this) {
        case WHOLES -> bits;
        case WORDS -> Float.intBitsToFloat((int) bits);
        case LONG_WORDS -> Double.longBitsToDouble(bits);
      };
    }
  }

  /** Numbers that stand at several places in the file. */
  static ListedNumbers of(double... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(numbers);
    return new ListedNumbers(Encoding.LONG_WORDS, bytes, numbers.length);
  }

  double[] read() {
    CodedInputStream in = CodedInputStream.newInstance(bytes.duplicate());
    double[] numbers = new double[count];
    try {
      for (int i = 0; i < count; i++) {
        long bits =
            switch (encoding) {
              case WHOLES -> in.readRawVarint64();
              case WORDS -> in.readRawLittleEndian32();
              case LONG_WORDS -> in.readRawLittleEndian64();
            };
        numbers[i] = encoding.number(bits);
      }
    } catch (IOException e) {
      throw new IllegalStateException("numbers that were read before", e);
    }
    return numbers;
  }
}
