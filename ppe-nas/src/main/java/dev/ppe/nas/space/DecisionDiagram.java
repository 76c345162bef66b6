package dev.ppe.nas.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All valid assignments as the paths of a multi-valued decision diagram: a layer for each
 * parameter, an edge for each choice. Assignments that agree in all that later conditions and
 * constraints read meet in one node, so that spaces of 10^40 points have some thousands of nodes.
 * Nodes that lead nowhere are cut off, and every other one knows how many paths go on from it.
 */
final class DecisionDiagram {
  static final int NONE = -1;

  /** Larger diagrams are not built: they would take seconds and hundreds of megabytes. */
  static final int MAX_EDGES = 1_000_000;

  /** The node behind each choice by layer and node; a layer's last column is "not in use". */
  private final int[][][] edges;

  /** Paths from each node to the end by layer and node. */
  private final BigInteger[][] paths;

  private DecisionDiagram(int[][][] edges, BigInteger[][] paths) {
    this.edges = edges;
    this.paths = paths;
  }

  /**
   * The diagram of a space; empty if it would be too large.
   *
   * @param withConstraints whether constraints count, or conditions alone
   */
  static Optional<DecisionDiagram> of(Parameters parameters, Rules rules, boolean withConstraints) {
    List<int[]> live = rules.live(withConstraints);
    int[][][] edges = new int[parameters.count()][][];
    Map<List<Integer>, Integer> layer = new HashMap<>(Map.of(List.of(), 0));
    List<List<Integer>> nodes = List.of(List.of());
    long count = 0;
    int[] choices = new int[parameters.count()];
    for (int i = 0; i < edges.length; i++) {
      int size = parameters.get(i).size();
      count += (long) nodes.size() * (size + 1);
      if (count > MAX_EDGES) {
        return Optional.empty();
      }
      edges[i] = new int[nodes.size()][size + 1];
      List<List<Integer>> next = new ArrayList<>();
      layer.clear();
      for (int n = 0; n < nodes.size(); n++) {
        Arrays.fill(edges[i][n], NONE);
        restore(live.get(i), nodes.get(n), choices);
        boolean used = rules.uses(i, choices);
        for (int c = used ? 0 : size; c < (used ? size : size + 1); c++) {
          choices[i] = used ? c : Parameters.NOT_IN_USE;
          if (!withConstraints || rules.hold(i, choices)) {
            List<Integer> key = key(live.get(i + 1), choices);
            Integer known = layer.putIfAbsent(key, next.size());
            edges[i][n][c] = known == null ? next.size() : known;
            if (known == null) {
              next.add(key);
            }
          }
        }
      }
      nodes = next;
    }
    return Optional.of(new DecisionDiagram(edges, count(edges)));
  }

  private static void restore(int[] live, List<Integer> node, int[] choices) {
    for (int k = 0; k < live.length; k++) {
      choices[live[k]] = node.get(k);
    }
  }

  private static List<Integer> key(int[] live, int[] choices) {
    Integer[] key = new Integer[live.length];
    for (int k = 0; k < live.length; k++) {
      key[k] = choices[live[k]];
    }
    return List.of(key);
  }

  /** Counts paths from the end, and cuts off edges to nodes without any. */
  private static BigInteger[][] count(int[][][] edges) {
    BigInteger[][] paths = new BigInteger[edges.length + 1][];
    paths[edges.length] = new BigInteger[] {BigInteger.ONE};
    for (int i = edges.length - 1; i >= 0; i--) {
      paths[i] = new BigInteger[edges[i].length];
      for (int n = 0; n < edges[i].length; n++) {
        BigInteger sum = BigInteger.ZERO;
        for (int c = 0; c < edges[i][n].length; c++) {
          int next = edges[i][n][c];
          if (next != NONE && paths[i + 1][next].signum() == 0) {
            edges[i][n][c] = NONE;
          } else if (next != NONE) {
            sum = sum.add(paths[i + 1][next]);
          }
        }
        paths[i][n] = sum;
      }
    }
    return paths;
  }

  /** How many points there are. */
  BigInteger size() {
    return paths[0][0];
  }

  /** The node behind a choice; {@link #NONE} if no valid point goes on there. */
  int next(int layer, int node, int choice) {
    int[] row = edges[layer][node];
    return row[choice == Parameters.NOT_IN_USE ? row.length - 1 : choice];
  }

  /** Whether the parameter of this layer is in use at this node. */
  boolean uses(int layer, int node) {
    int[] row = edges[layer][node];
    return row[row.length - 1] == NONE;
  }

  /** Points that go on from a node. */
  BigInteger paths(int layer, int node) {
    return paths[layer][node];
  }
}
