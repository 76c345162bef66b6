package dev.ppe.report.model;

import dev.ppe.report.model.LayerGraph.Edge;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks by structure. Between two layers at which one result alone is still to be read lies a part
 * with one way in and one way out: a residual block, a module of branches, or a layer by itself. Of
 * the latter and squeeze-and-excitation parts, those that make up an inverted bottleneck or a
 * separable convolution are put together: (convolution) depthwise (squeeze) convolution.
 */
final class BlockStructure {
  private final List<String> kinds;
  private final LayerGraph graph;

  private BlockStructure(List<String> kinds, LayerGraph graph) {
    this.kinds = kinds;
    this.graph = graph;
  }

  /** Where blocks begin. */
  static List<Integer> starts(List<String> kinds, LayerGraph graph) {
    return new BlockStructure(kinds, graph).starts();
  }

  private List<Integer> starts() {
    List<Integer> parts = parts();
    List<Integer> starts = new ArrayList<>();
    int next = 0;
    while (next < parts.size()) {
      starts.add(parts.get(next));
      next += together(parts, next);
    }
    return starts;
  }

  /** Beginnings of the parts with one way in and one way out. */
  private List<Integer> parts() {
    int[] readUntil = new int[kinds.size()];
    for (Edge edge : graph.edges()) {
      readUntil[edge.from()] = Math.max(readUntil[edge.from()], edge.to());
    }
    List<Integer> parts = new ArrayList<>();
    int open = -1; // the last reader of what layers before the one before made
    for (int i = 0; i < kinds.size(); i++) {
      if (open <= i - 1) {
        parts.add(i);
      }
      if (i > 0) {
        open = Math.max(open, readUntil[i - 1]);
      }
    }
    return parts;
  }

  /** How many parts from {@code at} on make a block. */
  private int together(List<Integer> parts, int at) {
    int depthwise = isDepthwise(parts, at) ? at : isConvolution(parts, at) ? at + 1 : parts.size();
    if (!isDepthwise(parts, depthwise)) {
      return isFusedBottleneck(parts, at) ? 2 : 1;
    }
    int after = depthwise + 1;
    int project = isSingle(parts, after) ? after : after + 1;
    boolean squeezes = project == after || isSqueeze(parts, after);
    return squeezes && isConvolution(parts, project)
        ? project + 1 - at
        : Math.max(1, depthwise + 1 - at);
  }

  /** A convolution that widens, then one of single places that narrows again. */
  private boolean isFusedBottleneck(List<Integer> parts, int at) {
    if (!isConvolution(parts, at) || !isConvolution(parts, at + 1)) {
      return false;
    }
    LayerDetail widen = graph.details().get(parts.get(at));
    LayerDetail narrow = graph.details().get(parts.get(at + 1));
    return !widen.isPointwise()
        && narrow.isPointwise()
        && widen.channels().out() >= 2 * widen.channels().in()
        && narrow.channels().out() < narrow.channels().in()
        && widen.channels().in() > 3;
  }

  private boolean isDepthwise(List<Integer> parts, int at) {
    return isSingle(parts, at) && BlockKind.isDepthwise(kinds.get(parts.get(at)));
  }

  private boolean isConvolution(List<Integer> parts, int at) {
    return isSingle(parts, at) && BlockKind.isConvolution(kinds.get(parts.get(at)));
  }

  private boolean isSqueeze(List<Integer> parts, int at) {
    return at < parts.size() && BlockKind.isSqueeze(kinds.subList(parts.get(at), end(parts, at)));
  }

  private boolean isSingle(List<Integer> parts, int at) {
    return at < parts.size() && end(parts, at) == parts.get(at) + 1;
  }

  private int end(List<Integer> parts, int at) {
    return at + 1 < parts.size() ? parts.get(at + 1) : kinds.size();
  }
}
