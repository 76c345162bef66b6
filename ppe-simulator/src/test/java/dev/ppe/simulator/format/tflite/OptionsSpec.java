package dev.ppe.simulator.format.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An operator's options for {@link TfliteFile}: fields by their number.
 *
 * @param type which table of the schema; 0 for none
 */
record OptionsSpec(int type, Map<Integer, Object> fields) {
  static final OptionsSpec NONE = new OptionsSpec(0, Map.of());

  static final byte SAME = 0;
  static final byte VALID = 1;

  /** A table of the type; values are Byte, Boolean, Integer or int[]. */
  static OptionsSpec of(int type, Object... numbersAndValues) {
    Map<Integer, Object> fields = new TreeMap<>();
    for (int i = 0; i < numbersAndValues.length; i += 2) {
      fields.put((Integer) numbersAndValues[i], numbersAndValues[i + 1]);
    }
    return new OptionsSpec(type, fields);
  }

  /** Conv2DOptions. */
  static OptionsSpec conv(byte padding, int stride) {
    return of(1, 0, padding, 1, stride, 2, stride);
  }

  /** Writes a vector of 32-bit integers. */
  static int ints(FlatBufferBuilder builder, List<Integer> values) {
    builder.startVector(Integer.BYTES, values.size(), Integer.BYTES);
    for (int i = values.size() - 1; i >= 0; i--) {
      builder.addInt(values.get(i));
    }
    return builder.endVector();
  }

  int write(FlatBufferBuilder builder) {
    Map<Integer, Integer> vectors = new TreeMap<>();
    fields.forEach(
        (number, value) -> {
          if (value instanceof int[] ints) {
            vectors.put(number, ints(builder, Arrays.stream(ints).boxed().toList()));
          }
        });
    builder.startTable(8);
    fields.forEach(
        (number, value) -> {
          switch (value) {
            case Byte small -> builder.addByte(number, small, 0);
            case Boolean flag -> builder.addBoolean(number, flag, false);
            case Integer integer -> builder.addInt(number, integer, 0);
            case int[] ints -> builder.addOffset(number, vectors.getOrDefault(number, 0), 0);
            default -> throw new IllegalArgumentException("no field of type " + value.getClass());
          }
        });
    return builder.endTable();
  }
}
