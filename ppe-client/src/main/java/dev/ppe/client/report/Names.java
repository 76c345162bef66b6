package dev.ppe.client.report;

import java.util.List;

/** Names out of model files, fit for a terminal: on one line, and as short as there is room for. */
final class Names {
  private static final String GAP = "...";

  private Names() {}

  /** Without line breaks, escape sequences and other control characters. */
  static String printable(String name) {
    return name.chars().anyMatch(Character::isISOControl)
        ? name.replaceAll("\\p{Cntrl}", "?")
        : name;
  }

  /**
   * The name in at most {@code width} characters. Converters join the names of fused nodes with
   * semicolons: the first one will do. What tells siblings apart stands somewhere at the start or
   * at the end, so the middle goes.
   */
  static String shorten(String name, int width) {
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
    int end = (width - GAP.length()) / 2;
    int start = width - GAP.length() - end;
    return first.substring(0, start) + GAP + first.substring(first.length() - end);
  }

  /**
   * The path that at least half of the names start with, such as {@code MobilenetV2/}; empty where
   * there is none. It says nothing about a layer and takes the room of what does.
   */
  static String commonPath(List<String> names) {
    String path = "";
    while (names.size() > 1) {
      String longer = longer(names, path);
      if (longer.equals(path)) {
        break;
      }
      path = longer;
    }
    return path;
  }

  /** The path with one more part, if at least half of the names have the same one there. */
  private static String longer(List<String> names, String path) {
    for (String name : names) {
      int slash = name.startsWith(path) ? name.indexOf('/', path.length()) : -1;
      if (slash >= 0) {
        String longer = name.substring(0, slash + 1);
        if (2 * names.stream().filter(other -> other.startsWith(longer)).count() >= names.size()) {
          return longer;
        }
      }
    }
    return path;
  }
}
