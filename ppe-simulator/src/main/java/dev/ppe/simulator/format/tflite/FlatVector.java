package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.format.ModelFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A vector that lies wholly inside its file.
 *
 * @param start position of its first element
 * @param count number of elements
 */
record FlatVector(FlatBuffer buffer, int start, int count, int elementBytes) {

  /** The vector of a field that is absent. */
  static FlatVector empty(FlatBuffer buffer) {
    return new FlatVector(buffer, 0, 0, 1);
  }

  int int32(int index) {
    return buffer.int32(position(index));
  }

  long int64(int index) {
    return buffer.int64(position(index));
  }

  float float32(int index) {
    return buffer.float32(position(index));
  }

  FlatTable table(int index) {
    return FlatTable.at(buffer, buffer.target(position(index)));
  }

  /** All elements of a vector of 32-bit integers, of which there may be {@code most}. */
  List<Integer> ints(int most) {
    if (count > most) {
      throw new ModelFormatException(
          "byte " + start, "a list has %d entries, it may have %d".formatted(count, most));
    }
    return ints();
  }

  /** All elements of a vector of 32-bit integers. */
  List<Integer> ints() {
    buffer.charge(start, (long) count * elementBytes);
    List<Integer> ints = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      buffer.checkAt(i);
      ints.add(int32(i));
    }
    return List.copyOf(ints);
  }

  private long position(int index) {
    if (index < 0 || index >= count) {
      throw new ModelFormatException(
          "byte " + start, "entry %d of a list of %d is wanted".formatted(index, count));
    }
    return start + (long) index * elementBytes;
  }
}
