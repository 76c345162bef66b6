package dev.ppe.report;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * JSON on its way into a script element: what HTML or old scripts would take for markup or the end
 * of a line becomes an escape sequence of the same meaning. In JSON these characters stand in
 * strings alone, so that no syntax is touched.
 */
final class ScriptSafeWriter extends FilterWriter {
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  ScriptSafeWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int character) throws IOException {
    if (isSafe((char) character)) {
      out.write(character);
    } else {
      escape((char) character);
    }
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    int written = offset;
    for (int i = offset; i < offset + length; i++) {
      if (!isSafe(buffer[i])) {
        out.write(buffer, written, i - written);
        escape(buffer[i]);
        written = i + 1;
      }
    }
    out.write(buffer, written, offset + length - written);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    int written = offset;
    for (int i = offset; i < offset + length; i++) {
      if (!isSafe(text.charAt(i))) {
        out.write(text, written, i - written);
        escape(text.charAt(i));
        written = i + 1;
      }
    }
    out.write(text, written, offset + length - written);
  }

  private static boolean isSafe(char character) {
    return switch (character) {
      case '<', '>', '&', LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  private void escape(char character) throws IOException {
    out.write("\\u%04x".formatted((int) character));
  }
}
