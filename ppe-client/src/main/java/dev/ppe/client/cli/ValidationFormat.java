package dev.ppe.client.cli;

import dev.ppe.client.report.validation.ValidationCsv;
import dev.ppe.client.report.validation.ValidationJson;
import dev.ppe.client.report.validation.ValidationMarkdown;
import dev.ppe.client.report.validation.ValidationText;
import dev.ppe.client.report.validation.ValidationWriter;
import java.io.PrintWriter;
import java.util.Locale;

/** How validation tables are printed. */
enum ValidationFormat {
  TABLE,
  MARKDOWN,
  CSV,
  JSON;

  ValidationWriter writer(PrintWriter out) {
    return switch (this) {
      case TABLE -> new ValidationText(out, TextWidth.get());
      case MARKDOWN -> new ValidationMarkdown(out);
      case CSV -> new ValidationCsv(out);
      case JSON -> new ValidationJson(out);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
