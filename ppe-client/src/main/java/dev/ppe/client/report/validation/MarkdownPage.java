package dev.ppe.client.report.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parts of a document in Markdown, with plain line feeds. */
final class MarkdownPage {
  private final PrintWriter out;

  MarkdownPage(PrintWriter out) {
    this.out = out;
  }

  /** What stands in a file beside this class, without blank lines around it. */
  static String text(String resource) {
    try (InputStream in = MarkdownPage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A paragraph or a heading. */
  void paragraph(String text) {
    out.print(text + "\n\n");
  }

  /** An item of a list, which {@link #end} ends. */
  void item(String text) {
    out.print("* " + text + "\n");
  }

  /** Begins a table: names on the left, all else on the right. */
  void header(List<String> titles) {
    row(titles);
    out.print("|---" + "|---:".repeat(titles.size() - 1) + "|\n");
  }

  /** A row of the table that was begun last, which {@link #end} ends. */
  void row(List<String> cells) {
    out.print(
        "| "
            + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
            + " |\n");
  }

  /** Ends a table or a list. */
  void end() {
    out.print('\n');
  }
}
