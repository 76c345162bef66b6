package dev.ppe.simulator.validation.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The words beside the tables: a resource each, named like the table. */
final class Descriptions {
  private Descriptions() {}

  static String of(String table) {
    String resource = table + ".md";
    try (InputStream in = Descriptions.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
