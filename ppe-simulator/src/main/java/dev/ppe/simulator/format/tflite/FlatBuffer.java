package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a FlatBuffers file that may be damaged or hostile: every access is checked before
 * anything is read or allocated, and a fault names the byte.
 *
 * <p>Offsets may legally point many places to the same vector, so a small file can describe a huge
 * one. The bytes that may be copied out of vectors and strings are therefore limited in sum.
 */
final class FlatBuffer {
  /**
   * Bytes that one file may give in vectors and strings, weights apart: some hundred times the
   * usual.
   */
  static final long MAX_COPIED_BYTES = 16L << 20;

  private final Interruption interruption;
  private final ByteBuffer bytes;
  private long copied;

  /** A file that is read as long as it is wanted. */
  FlatBuffer(ByteBuffer bytes, Interruption interruption) {
    this.interruption = interruption;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  int size() {
    return bytes.limit();
  }

  FlatTable root() {
    return FlatTable.at(this, target(0));
  }

  int int8(long at) {
    return bytes.get(check(at, 1));
  }

  int uint16(long at) {
    return bytes.getShort(check(at, 2)) & 0xffff;
  }

  int int32(long at) {
    return bytes.getInt(check(at, 4));
  }

  long int64(long at) {
    return bytes.getLong(check(at, 8));
  }

  float float32(long at) {
    return bytes.getFloat(check(at, 4));
  }

  /** Where the unsigned offset stored at {@code at} points to. */
  int target(long at) {
    return check(at + Integer.toUnsignedLong(int32(at)), 4);
  }

  /** The vector whose offset is stored at {@code at}. */
  FlatVector vector(long at, int elementBytes) {
    int start = target(at);
    long count = Integer.toUnsignedLong(int32(start));
    check(start + 4L, count * elementBytes);
    return new FlatVector(this, start + 4, (int) count, elementBytes);
  }

  /** Copies bytes that count towards the sum of this file. */
  byte[] copy(int start, int count) {
    charge(start, count);
    byte[] copy = new byte[count];
    bytes.get(check(start, count), copy);
    return copy;
  }

  /** Asks whether the file is still wanted, in loops over vectors. */
  void checkAt(int step) {
    interruption.checkAt(step);
  }

  /** Counts bytes that are about to be copied. */
  void charge(int at, long count) {
    copied += count;
    if (copied > MAX_COPIED_BYTES) {
      throw new ModelFormatException(
          "byte " + at,
          "names, shapes and operand lists take more than %d MiB: no network needs that"
              .formatted(MAX_COPIED_BYTES >> 20));
    }
  }

  /** The position {@code at}, if {@code count} bytes from it on are in the file. */
  int check(long at, long count) {
    if (at < 0 || count < 0 || at > size() - count) {
      throw new ModelFormatException(
          "byte " + at,
          "%d bytes are wanted here, but the file has %d: it is truncated or damaged"
              .formatted(count, size()));
    }
    return (int) at;
  }
}
