package dev.ppe.nas.topology;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.Value;
import dev.ppe.nas.expression.Value.Numeric;
import dev.ppe.nas.expression.Value.Text;
import dev.ppe.nas.expression.Value.Truth;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** The fields of one layer at one point. Errors name layer and field. */
record LayerFields(ChainLayer layer, Function<String, Value> values) {

  boolean has(String field) {
    return layer.fields().containsKey(field);
  }

  /** A whole number of 1 or more. */
  int integer(String field) {
    double number = number(field);
    if (number != (int) number || number < 1) {
      throw wrong(field, new Numeric(number), "a whole number, 1 or more");
    }
    return (int) number;
  }

  int integer(String field, int otherwise) {
    return has(field) ? integer(field) : otherwise;
  }

  double number(String field) {
    Value value = value(field);
    if (value instanceof Numeric(double number)) {
      return number;
    }
    throw wrong(field, value, "a number");
  }

  boolean truth(String field, boolean otherwise) {
    if (!has(field)) {
      return otherwise;
    }
    Value value = value(field);
    if (value instanceof Truth truth) {
      return truth == Truth.TRUE;
    }
    throw wrong(field, value, "true or false");
  }

  <E extends Enum<E>> E word(String field, Class<E> type, E otherwise) {
    return has(field) ? word(field, type) : otherwise;
  }

  <E extends Enum<E>> E word(String field, Class<E> type) {
    Value value = value(field);
    if (value instanceof Text(String word)) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
          return constant;
        }
      }
    }
    throw wrong(
        field,
        value,
        "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  private Value value(String field) {
    Expression expression = layer.fields().get(field);
    if (expression == null) {
      throw new IllegalArgumentException("layer %s has no %s".formatted(layer.name(), field));
    }
    try {
      return expression.evaluate(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s of layer %s %s".formatted(field, layer.name(), e.getMessage()), e);
    }
  }

  private IllegalArgumentException wrong(String field, Value value, String wanted) {
    return new IllegalArgumentException(
        "%s of layer %s is %s, must be %s".formatted(field, layer.name(), value, wanted));
  }
}
