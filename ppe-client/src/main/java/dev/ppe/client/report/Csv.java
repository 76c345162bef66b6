package dev.ppe.client.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Records of RFC 4180, with plain line feeds: fields are quoted where they must be. */
public final class Csv {
  private Csv() {}

  /** One record. */
  public static void print(PrintWriter out, List<String> fields) {
    out.print(fields.stream().map(Csv::field).collect(Collectors.joining(",")));
    out.print('\n');
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
