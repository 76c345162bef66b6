package dev.ppe.client.cli.man;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Text in the language of pages for {@code man} (groff_man(7), mandoc's man(7)): a macro begins a
 * line with a dot, a backslash begins an escape. All text that is handed in is taken as it is, but
 * for the marks of {@link #BOLD}, {@link #ITALIC} and {@link #ROMAN}.
 */
final class Roff {
  /** What follows is typed as it stands. Of Unicode's private use: no text has it. */
  static final char BOLD = '\uE000';

  /** What follows stands for something else. */
  static final char ITALIC = '\uE001';

  /** What follows is plain again. */
  static final char ROMAN = '\uE002';

  private final StringBuilder page = new StringBuilder();

  /**
   * Begins a page, whose lines are neither stretched to a margin nor hyphenated: names would be.
   *
   * @param name of the page
   * @param source the program and its version
   */
  Roff(String name, String source) {
    line(".TH \"%s\" \"1\" \"\" \"%s\" \"\"".formatted(escaped(name), escaped(source)));
    line(".nh");
    line(".ad l");
  }

  Roff section(String title) {
    line(".SH \"%s\"".formatted(escaped(title)));
    return this;
  }

  /** Lines that man fills anew; an empty one ends a paragraph. */
  Roff text(List<String> lines) {
    boolean paragraph = false;
    boolean begun = false;
    for (String each : lines) {
      if (each.isBlank()) {
        paragraph = begun;
        continue;
      }
      if (paragraph) {
        line(".PP");
      }
      line(textLine(each.strip()));
      paragraph = false;
      begun = true;
    }
    return this;
  }

  /** An entry of a list: what it is about, and what is said of it. */
  Roff entry(String tag, List<String> lines) {
    line(".TP");
    line(textLine(tag));
    for (String each : lines) {
      if (!each.isBlank()) {
        line(textLine(each.strip()));
      }
    }
    return this;
  }

  /** Lines that stay as they are. */
  Roff verbatim(List<String> lines) {
    line(".nf");
    lines.forEach(each -> line(textLine(each.stripTrailing())));
    line(".fi");
    return this;
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  /** A line of text, never taken for a macro; quotes that begin one are escaped anyway. */
  private static String textLine(String text) {
    String line = escaped(text);
    return line.startsWith(".") ? "\\&" + line : line;
  }

  private static String escaped(String text) {
    return text.codePoints().mapToObj(Roff::escaped).collect(Collectors.joining());
  }

  /** A hyphen would be typeset as one, a quote as a curly one: neither could be pasted. */
  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case BOLD -> "\\fB";
      case ITALIC -> "\\fI";
      case ROMAN -> "\\fR";
      case '\\' -> "\\(rs";
      case '-' -> "\\-";
      case '"' -> "\\(dq";
      case '\'' -> "\\(aq";
      case '`' -> "\\(ga";
      case '^' -> "\\(ha";
      case '~' -> "\\(ti";
      default -> {
        if (codePoint < ' ') {
          yield " ";
        }
        yield codePoint <= '~' ? Character.toString(codePoint) : "\\[u%04X]".formatted(codePoint);
      }
    };
  }
}
