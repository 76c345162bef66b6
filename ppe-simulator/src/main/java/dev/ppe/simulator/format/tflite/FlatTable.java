package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.format.ModelFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A FlatBuffers table: scalars and offsets found through its vtable, whose slot {@code 4 + 2 *
 * field} holds where in the table the field stands, or 0 for an absent field.
 */
final class FlatTable {
  private static final int VTABLE_HEADER = 4;

  private final FlatBuffer buffer;
  private final int position;
  private final int vtable;
  private final int vtableBytes;

  private FlatTable(FlatBuffer buffer, int position, int vtable, int vtableBytes) {
    this.buffer = buffer;
    this.position = position;
    this.vtable = vtable;
    this.vtableBytes = vtableBytes;
  }

  static FlatTable at(FlatBuffer buffer, int position) {
    long start = (long) position - buffer.int32(position);
    int bytes = buffer.uint16(start);
    if (bytes < VTABLE_HEADER) {
      throw new ModelFormatException(
          "byte " + start, "a table's layout has only " + bytes + " bytes: the file is damaged");
    }
    return new FlatTable(buffer, position, buffer.check(start, bytes), bytes);
  }

  int int8(int field, int absent) {
    long at = field(field);
    return at == 0 ? absent : buffer.int8(at);
  }

  boolean bool(int field) {
    return int8(field, 0) != 0;
  }

  int int32(int field, int absent) {
    long at = field(field);
    return at == 0 ? absent : buffer.int32(at);
  }

  long uint32(int field) {
    return Integer.toUnsignedLong(int32(field, 0));
  }

  long int64(int field) {
    long at = field(field);
    return at == 0 ? 0 : buffer.int64(at);
  }

  Optional<FlatTable> table(int field) {
    long at = field(field);
    return at == 0 ? Optional.empty() : Optional.of(at(buffer, buffer.target(at)));
  }

  /** The vector in {@code field}, empty if it is absent. */
  FlatVector vector(int field, int elementBytes) {
    long at = field(field);
    return at == 0 ? FlatVector.empty(buffer) : buffer.vector(at, elementBytes);
  }

  /** A vector of 32-bit integers, tables or other 4-byte elements. */
  FlatVector vector(int field) {
    return vector(field, 4);
  }

  /**
   * The last {@code most} bytes of a text, empty if it is absent. Control and format characters
   * become '?'.
   */
  String text(int field, int most) {
    FlatVector text = vector(field, 1);
    int kept = Math.min(most, text.count());
    byte[] bytes = buffer.copy(text.start() + text.count() - kept, kept);
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cc}\\p{Cf}]", "?");
  }

  /** Where {@code field} stands, or 0 if it is absent: no field can stand there. */
  private long field(int field) {
    int slot = VTABLE_HEADER + 2 * field;
    if (slot + 2 > vtableBytes) {
      return 0;
    }
    int offset = buffer.uint16(vtable + slot);
    return offset == 0 ? 0 : (long) position + offset;
  }
}
