package dev.ppe.client.cli;

import dev.ppe.client.report.load.LoadJson;
import dev.ppe.client.report.load.LoadTable;
import dev.ppe.client.report.load.LoadWriter;
import java.io.PrintWriter;
import java.util.Locale;

/** How what came of a load is printed. */
enum LoadFormat {
  TABLE,
  JSON;

  LoadWriter writer(PrintWriter out) {
    return switch (this) {
      case TABLE -> new LoadTable(out, TextWidth.get());
      case JSON -> new LoadJson(out);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
