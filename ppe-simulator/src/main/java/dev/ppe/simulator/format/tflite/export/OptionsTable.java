package dev.ppe.simulator.format.tflite.export;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator's attributes: a table of the schema's union {@code BuiltinOptions}, fields by number.
 *
 * @param type the table's place in the union; 0 for no table
 */
record OptionsTable(int type, List<Field> fields) {
  /** No attributes. */
  static final OptionsTable NONE = new OptionsTable(0, List.of());

  /** A value and the field it belongs to. */
  sealed interface Field {
    int number();

    record Int8(int number, int value) implements Field {}

    record Int32(int number, int value) implements Field {}

    record Bool(int number, boolean value) implements Field {}

    record Float32(int number, float value) implements Field {}

    record Ints(int number, List<Integer> values) implements Field {}
  }

  OptionsTable {
    fields = List.copyOf(fields);
  }

  /** A table without fields yet. */
  static OptionsTable of(int type) {
    return new OptionsTable(type, List.of());
  }

  OptionsTable int8(int number, int value) {
    return with(new Field.Int8(number, value));
  }

  OptionsTable int32(int number, int value) {
    return with(new Field.Int32(number, value));
  }

  OptionsTable bool(int number, boolean value) {
    return with(new Field.Bool(number, value));
  }

  OptionsTable float32(int number, float value) {
    return with(new Field.Float32(number, value));
  }

  OptionsTable ints(int number, List<Integer> values) {
    return with(new Field.Ints(number, values));
  }

  private OptionsTable with(Field field) {
    List<Field> all = new ArrayList<>(fields);
    all.add(field);
    return new OptionsTable(type, all);
  }

  /** Writes the table; returns its offset. */
  int write(FlatBufferBuilder builder) {
    List<Integer> vectors = new ArrayList<>();
    for (Field field : fields) {
      vectors.add(field instanceof Field.Ints ints ? Vectors.int32(builder, ints.values()) : 0);
    }
    builder.startTable(fields.stream().mapToInt(Field::number).max().orElse(-1) + 1);
    for (int i = 0; i < fields.size(); i++) {
      switch (fields.get(i)) {
        case Field.Int8 f -> builder.addByte(f.number(), (byte) f.value(), 0);
        case Field.Int32 f -> builder.addInt(f.number(), f.value(), 0);
        case Field.Bool f -> builder.addBoolean(f.number(), f.value(), false);
        case Field.Float32 f -> builder.addFloat(f.number(), f.value(), 0);
        case Field.Ints f -> builder.addOffset(f.number(), vectors.get(i), 0);
      }
    }
    return builder.endTable();
  }
}
