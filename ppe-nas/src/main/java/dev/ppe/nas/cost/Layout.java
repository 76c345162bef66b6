package dev.ppe.nas.cost;

import dev.ppe.nas.space.Point;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a space's points become rows of a table: each group has a row for each of its codes, one
 * group's rows after another's, and a point has one row of each group. Whatever a model knows of a
 * part of a network stands in its row, so that a prediction is a sum over a few rows.
 *
 * <p>Groups of one stage of the network, the first part of their names, form a segment.
 */
final class Layout {
  private final List<ChoiceGroup> groups;
  private final int[] offsets;
  private final int[] segments;
  private final List<String> segmentNames;
  private final int rows;

  Layout(List<ChoiceGroup> groups) {
    this.groups = List.copyOf(groups);
    offsets = new int[groups.size()];
    segments = new int[groups.size()];
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int next = 0;
    for (int g = 0; g < offsets.length; g++) {
      ChoiceGroup group = groups.get(g);
      offsets[g] = next;
      next = Math.addExact(next, group.size());
      String segment = group.name().split("[/.]", 2)[0];
      Integer known = numbers.putIfAbsent(segment, numbers.size());
      segments[g] = known == null ? numbers.size() - 1 : known;
    }
    segmentNames = List.copyOf(numbers.keySet());
    rows = next;
  }

  List<ChoiceGroup> groups() {
    return groups;
  }

  /** Number of groups. */
  int size() {
    return offsets.length;
  }

  /** Number of rows of all groups. */
  int rows() {
    return rows;
  }

  /** The first row of a group. */
  int offset(int group) {
    return offsets[group];
  }

  /** The segment of a group. */
  int segment(int group) {
    return segments[group];
  }

  /** What segments are called. */
  List<String> segmentNames() {
    return segmentNames;
  }

  /** The row of a point in a group. */
  int row(int group, Point point) {
    return offsets[group] + groups.get(group).code(point);
  }

  /** The row of a point in each group. */
  int[] rows(Point point) {
    int[] all = new int[offsets.length];
    for (int g = 0; g < all.length; g++) {
      all[g] = row(g, point);
    }
    return all;
  }
}
