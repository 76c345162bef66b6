package dev.ppe.client.report;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The path that most of a model's names start with, such as {@code MobilenetV2/}. It says nothing
 * about a layer and takes the room of what does, so it goes into a column's title.
 *
 * @param path ends with a slash, or is empty where there is none
 */
public record CommonPath(String path) {
  private static final int LONGEST_TITLE = 26;
  private static final int LEAST_NAME = 20;

  /** The path of more than half of the names. */
  public static CommonPath of(List<String> names) {
    String path = "";
    String longer = longer(names, path);
    while (!longer.equals(path)) {
      path = longer;
      longer = longer(names, path);
    }
    return new CommonPath(path);
  }

  /** The path with one more part, if more than half of the names have the same one there. */
  private static String longer(List<String> names, String path) {
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names) {
      int slash = name.startsWith(path) ? name.indexOf('/', path.length()) : -1;
      if (slash >= 0) {
        String longer = name.substring(0, slash + 1);
        if (2 * counts.merge(longer, 1, Integer::sum) > names.size()) {
          return longer;
        }
      }
    }
    return path;
  }

  /** The name without the path. */
  public String strip(String name) {
    return name.startsWith(path) && name.length() > path.length()
        ? name.substring(path.length())
        : name;
  }

  /** A column of names under {@code alone}, or {@code within} and the path. */
  public Column column(String alone, String within) {
    String title = path.isEmpty() ? alone : Names.shorten(within + " " + path, LONGEST_TITLE);
    return Column.names(title, LEAST_NAME);
  }
}
