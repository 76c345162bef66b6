package dev.ppe.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Something that is written as one JSON value, piece by piece. */
@FunctionalInterface
public interface JsonBody {
  /** Writes exactly one value. */
  void write(JsonWriter json) throws IOException;
}
