package dev.ppe.wire;

import java.util.List;
import java.util.function.Supplier;

/** Checks of single fields, whose failures name the field. */
final class Fields {
  private Fields() {}

  /** The number if it is in the range. */
  static int range(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw FieldException.of(
          field, "is %d, must be between %d and %d".formatted(value, least, most));
    }
    return value;
  }

  /** The number if it is 1 or more; 1 where it is 0, that is, left out. */
  static int positiveOrOne(String field, int value) {
    return range(field, value == 0 ? 1 : value, 1, Integer.MAX_VALUE);
  }

  /** The same numbers if there are not too many. */
  static <T> List<T> atMost(String field, List<T> values, int most) {
    if (values.size() > most) {
      throw FieldException.of(
          field, "has %d entries, must have %d at most".formatted(values.size(), most));
    }
    return values;
  }

  /**
   * What {@code decoder} makes of a field that must be there; its failures get the field's name.
   */
  static <T> T required(String field, boolean present, Supplier<T> decoder) {
    if (!present) {
      throw FieldException.of(field, "is missing");
    }
    return within(field, decoder);
  }

  /** What {@code decoder} makes of a field; its failures get the field's name. */
  static <T> T within(String field, Supplier<T> decoder) {
    try {
      return decoder.get();
    } catch (IllegalArgumentException e) {
      throw FieldException.within(field, e);
    }
  }
}
