package dev.ppe.report.model;

import dev.ppe.v1.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the blocks of a network: by the folders of its layers' names where those group them, and by
 * its structure otherwise ({@link BlockNames}, {@link BlockStructure}).
 */
final class Blocks {
  private Blocks() {}

  /** Every layer in one block, in order. */
  static List<Block> of(List<Layer> layers, LayerGraph graph) {
    List<String> names = layers.stream().map(Layer::getName).toList();
    List<String> kinds = layers.stream().map(Layer::getKind).toList();
    Optional<List<Integer>> named = BlockNames.starts(names);
    List<Integer> starts = named.orElseGet(() -> BlockStructure.starts(kinds, graph));
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int first = starts.get(i);
      int end = i + 1 < starts.size() ? starts.get(i + 1) : layers.size();
      blocks.add(
          new Block(
              name(names.subList(first, end)),
              BlockKind.of(kinds, graph, first, end),
              BlockKind.isResidual(kinds, graph, first, end),
              first,
              end - first));
    }
    return blocks;
  }

  /** The folder that all are in; the first one's name where there is none, or one alone. */
  private static String name(List<String> names) {
    String first = names.getFirst();
    int semicolon = first.indexOf(';'); // converters join the names of fused nodes
    String alone = semicolon > 0 ? first.substring(0, semicolon) : first;
    if (names.size() == 1) {
      return alone;
    }
    int length = first.length();
    for (String name : names) {
      length = Math.min(length, common(first, name));
    }
    int slash = first.lastIndexOf('/', length);
    return slash > 0 ? first.substring(0, slash) : alone;
  }

  private static int common(String a, String b) {
    int i = 0;
    while (i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }
}
