package dev.ppe.simulator.validation.sensitivity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of a YAML file that its comment tags as an assumption, {@code [A]}, alone or beside
 * another tag; or that has no tag of its own in a block so tagged; or one of the widths of the
 * machine's mechanisms: those were chosen by what measured networks show, in small whole numbers
 * that no fit can move, so they are varied as assumptions are, whatever their tag.
 *
 * @param path of its key, for example {@code vector_unit.elements_per_cycle}
 * @param value as it is written
 * @param comment what the file says of it, without the tag {@code [A]}; may be empty
 */
public record Assumption(String path, String value, String comment) {
  private static final Pattern FIELD =
      Pattern.compile("^( *)([a-z_0-9]+):([^#\n]*)(?:#(.*))?$", Pattern.MULTILINE);
  private static final Pattern ANY_TAG = Pattern.compile("\\[[SDMA]\\]");
  private static final String TAG = "[A]";
  private static final Set<String> WIDTHS =
      Set.of(
          "accumulators",
          "words_in_four_cycles",
          "read_bytes_per_cycle",
          "bytes_per_cycle",
          "broadcast_bytes_per_cycle",
          "elements_per_cycle",
          "gathered_in_four_cycles");

  /** A key that holds others, how far it is indented, and what is said of all that it holds. */
  private record Key(int indent, String name, String comment) {}

  /** The assumptions in the text of a file, in its order. */
  static List<Assumption> in(String yaml) {
    List<Assumption> found = new ArrayList<>();
    Deque<Key> path = new ArrayDeque<>();
    Matcher field = FIELD.matcher(yaml);
    while (field.find()) {
      int indent = field.group(1).length();
      while (!path.isEmpty() && path.getLast().indent() >= indent) {
        path.removeLast();
      }
      String own = field.group(4) == null ? "" : field.group(4).strip();
      boolean tagged = ANY_TAG.matcher(own).find() || path.isEmpty();
      String comment = tagged ? own : path.getLast().comment();
      path.addLast(new Key(indent, field.group(2), comment));
      String value = field.group(3).strip();
      if (!value.isEmpty() && (comment.contains(TAG) || WIDTHS.contains(field.group(2)))) {
        String said = comment.contains(TAG) ? untagged(comment) : own;
        List<String> names = path.stream().map(Key::name).toList();
        found.add(new Assumption(String.join(".", names), value, said));
      }
    }
    return List.copyOf(found);
  }

  private static String untagged(String comment) {
    return comment.startsWith(TAG) ? comment.substring(TAG.length()).strip() : comment;
  }

  /** Whether it is a number: less and more can then be asked for. */
  boolean isNumber() {
    return value.matches("[0-9]{1,18}");
  }

  /** Whether it is a choice between two. */
  boolean isFlag() {
    return value.equals("true") || value.equals("false");
  }

  /** The same of a part that another file names. */
  Assumption of(String part) {
    return new Assumption(part + ": " + path, value, comment);
  }
}
