package dev.ppe.nas.cost;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a model file, with the way to it for messages: {@code models[0].hinges[3]}.
 *
 * @param file what people call the file
 */
record FileField(String file, String path, JsonElement value) {
  private static final int LONGEST_TEXT = 300;

  FileField field(String name) {
    if (!(value instanceof JsonObject object)) {
      throw wrong("must be an object");
    }
    JsonElement field = object.get(name);
    String there = path.isEmpty() ? name : path + "." + name;
    if (field == null) {
      throw new CostFileException(file, "%s is missing".formatted(there));
    }
    return new FileField(file, there, field);
  }

  List<FileField> elements(int most) {
    JsonArray array = array();
    if (array.size() > most) {
      throw wrong("has %d elements, must have %d or less".formatted(array.size(), most));
    }
    List<FileField> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      elements.add(new FileField(file, "%s[%d]".formatted(path, i), array.get(i)));
    }
    return elements;
  }

  JsonArray array() {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw wrong("must be a list");
  }

  String text() {
    if (value instanceof JsonPrimitive text && text.isString()) {
      if (text.getAsString().length() > LONGEST_TEXT) {
        throw wrong("is longer than %d characters".formatted(LONGEST_TEXT));
      }
      return text.getAsString();
    }
    throw wrong("must be a text");
  }

  boolean truth() {
    if (value instanceof JsonPrimitive truth && truth.isBoolean()) {
      return truth.getAsBoolean();
    }
    throw wrong("must be true or false");
  }

  double number() {
    return number(value);
  }

  int integer(int most) {
    return integer(value, most);
  }

  /** A finite number that is an element here. */
  double number(JsonElement element) {
    if (element instanceof JsonPrimitive number && number.isNumber()) {
      try {
        double parsed = number.getAsDouble();
        if (Double.isFinite(parsed)) {
          return parsed;
        }
      } catch (NumberFormatException e) {
        throw wrong("has a number that cannot be read");
      }
    }
    throw wrong("must have finite numbers");
  }

  /** A whole number from 0 that is an element here. */
  int integer(JsonElement element, int most) {
    double number = number(element);
    if (number != (int) number || number < 0 || number > most) {
      throw wrong("has %s where a whole number from 0 to %d must be".formatted(number, most));
    }
    return (int) number;
  }

  CostFileException wrong(String problem) {
    return new CostFileException(file, path.isEmpty() ? problem : path + " " + problem);
  }
}
