package dev.ppe.nas.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Numbers as briefly as they can be written without loss. */
final class Json {
  /** Whole numbers up to here are exact in every reader of JSON. */
  private static final double MOST_WHOLE = 1e15;

  private Json() {}

  /** A number: whole ones without a fraction, and null for what JSON cannot say. */
  static void number(JsonWriter json, double value) throws IOException {
    if (!Double.isFinite(value)) {
      json.nullValue();
    } else if (value == (long) value && Math.abs(value) < MOST_WHOLE) {
      json.value((long) value);
    } else {
      json.value(value);
    }
  }
}
