package dev.ppe.client.report;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** Pieces that are broken between lines and never within. */
public final class Paragraph {
  private Paragraph() {}

  /** A sentence after a label that stands in the margin. */
  public static void sentence(PrintWriter out, int width, String label, String text) {
    pieces(out, width, label, " ", Arrays.asList(text.split(" ")));
  }

  /** Pieces after a label; where a line is full, the next one begins below the first piece. */
  public static void pieces(
      PrintWriter out, int width, String label, String separator, List<String> pieces) {
    String margin = " ".repeat(label.length());
    StringBuilder line = new StringBuilder(label);
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      boolean first = line.length() == label.length();
      if (!first && line.length() + separator.length() + piece.length() > width) {
        out.println(line.toString().stripTrailing());
        line = new StringBuilder(margin);
        first = true;
      }
      line.append(first ? "" : separator).append(piece);
    }
    out.println(line.toString().stripTrailing());
  }
}
