package dev.ppe.client.cli;

import dev.ppe.client.report.NetworkCsv;
import dev.ppe.client.report.NetworkJson;
import dev.ppe.client.report.NetworkMessage;
import dev.ppe.client.report.NetworkTable;
import dev.ppe.client.report.NetworkWriter;
import java.io.PrintWriter;
import java.util.Locale;

/** How networks are printed. */
enum InspectFormat {
  TABLE,
  JSON,
  CSV,
  GRAPH;

  NetworkWriter writer(PrintWriter out) {
    return switch (this) {
      case TABLE -> new NetworkTable(out, TextWidth.get());
      case JSON -> new NetworkJson(out);
      case CSV -> new NetworkCsv(out);
      case GRAPH -> new NetworkMessage(out);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
