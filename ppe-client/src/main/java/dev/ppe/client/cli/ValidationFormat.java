package dev.ppe.client.cli;

import dev.ppe.client.report.validation.SensitivityCsv;
import dev.ppe.client.report.validation.SensitivityMarkdown;
import dev.ppe.client.report.validation.SensitivityText;
import dev.ppe.client.report.validation.SensitivityWriter;
import dev.ppe.client.report.validation.ValidationCsv;
import dev.ppe.client.report.validation.ValidationJson;
import dev.ppe.client.report.validation.ValidationMarkdown;
import dev.ppe.client.report.validation.ValidationText;
import dev.ppe.client.report.validation.ValidationWriter;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

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

  /** A writer of sensitivities, in the forms that these have. */
  Optional<SensitivityWriter> sensitivityWriter(PrintWriter out) {
    return switch (this) {
      case TABLE -> Optional.of(new SensitivityText(out, TextWidth.get()));
      case MARKDOWN -> Optional.of(new SensitivityMarkdown(out));
      case CSV -> Optional.of(new SensitivityCsv(out));
      case JSON -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
