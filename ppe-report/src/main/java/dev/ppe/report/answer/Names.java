package dev.ppe.report.answer;

/** Names out of model files, fit for a terminal: on one line, and as short as there is room for. */
public final class Names {
  private static final String GAP = "...";

  private Names() {}

  /** Without line breaks, escape sequences and other control characters. */
  public static String printable(String name) {
    return name.chars().anyMatch(Character::isISOControl)
        ? name.replaceAll("\\p{Cntrl}", "?")
        : name;
  }

  /**
   * The name in at most {@code width} characters. Converters join the names of fused nodes with
   * semicolons: the first one will do. Of a path the start tells siblings apart; of other names it
   * may be either end.
   */
  public static String shorten(String name, int width) {
    String text = printable(name);
    if (text.length() <= width) {
      return text;
    }
    int semicolon = text.indexOf(';');
    String first = semicolon > 0 ? text.substring(0, semicolon) : text;
    if (first.length() <= width) {
      return first;
    }
    if (width <= GAP.length()) {
      return first.substring(0, Math.max(0, width));
    }
    int slash = first.indexOf('/');
    boolean path = slash > 0 && slash <= width - GAP.length();
    int end = path ? 0 : (width - GAP.length()) / 2;
    int start = width - GAP.length() - end;
    return first.substring(0, start) + GAP + first.substring(first.length() - end);
  }
}
