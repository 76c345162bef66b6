package dev.ppe.simulator.validation.sensitivity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of a preset whose comment in the YAML file begins with the tag of assumptions, {@code
 * [A]}.
 *
 * @param path of its key, for example {@code vector_unit.elements_per_cycle}
 * @param value as it is written
 * @param comment what the file says of it, without the tag; may be empty
 */
public record Assumption(String path, String value, String comment) {
  private static final Pattern FIELD =
      Pattern.compile("^( *)([a-z_0-9]+):([^#\n]*)(?:#(.*))?$", Pattern.MULTILINE);
  private static final String TAG = "[A]";

  /** A key that holds others, and how far it is indented. */
  private record Key(int indent, String name) {}

  /** The assumptions in the text of a preset's file, in its order. */
  static List<Assumption> in(String yaml) {
    List<Assumption> found = new ArrayList<>();
    Deque<Key> path = new ArrayDeque<>();
    Matcher field = FIELD.matcher(yaml);
    while (field.find()) {
      int indent = field.group(1).length();
      while (!path.isEmpty() && path.getLast().indent() >= indent) {
        path.removeLast();
      }
      path.addLast(new Key(indent, field.group(2)));
      String value = field.group(3).strip();
      String comment = field.group(4) == null ? "" : field.group(4).strip();
      if (!value.isEmpty() && comment.startsWith(TAG)) {
        List<String> names = path.stream().map(Key::name).toList();
        found.add(
            new Assumption(
                String.join(".", names), value, comment.substring(TAG.length()).strip()));
      }
    }
    return List.copyOf(found);
  }

  /** Whether it is a number: half and twice as much can then be asked for. */
  boolean isNumber() {
    return value.matches("[0-9]{1,18}");
  }

  /** Whether it is a choice between two. */
  boolean isFlag() {
    return value.equals("true") || value.equals("false");
  }
}
