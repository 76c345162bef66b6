package dev.ppe.nas.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient-boosted regression trees: the sum of what the leaves say that a vector of inputs comes
 * to. Inputs and thresholds are 32-bit numbers, as in XGBoost and in ONNX. Nodes of all trees stand
 * in one array, each tree's root before its children.
 */
final class Trees {
  /** In the place of an input's number at leaves. */
  static final int LEAF = -1;

  /** No trees: always 0. */
  static final Trees NONE = new Trees(List.of());

  /**
   * A node. At a leaf, {@code value} is what it says; elsewhere the threshold.
   *
   * @param input the number of the input that is compared, or {@link #LEAF}
   * @param less the node to go on with where the input is less than {@code value}
   * @param otherwise the node to go on with elsewhere
   */
  record Node(int input, float value, int less, int otherwise) {
    static Node leaf(float value) {
      return new Node(LEAF, value, 0, 0);
    }

    boolean isLeaf() {
      return input == LEAF;
    }
  }

  private final int[] roots;
  private final int[] inputs;
  private final float[] values;
  private final int[] less;
  private final int[] otherwise;

  /**
   * Trees.
   *
   * @param trees the nodes of each, numbered from 0, the root first, children behind their parents
   * @throws IllegalArgumentException if some node is not reached so, or children are none
   */
  Trees(List<List<Node>> trees) {
    int count = trees.stream().mapToInt(List::size).sum();
    roots = new int[trees.size()];
    inputs = new int[count];
    values = new float[count];
    less = new int[count];
    otherwise = new int[count];
    int next = 0;
    for (int t = 0; t < roots.length; t++) {
      List<Node> nodes = trees.get(t);
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("tree %d has no nodes".formatted(t));
      }
      roots[t] = next;
      for (int n = 0; n < nodes.size(); n++) {
        Node node = nodes.get(n);
        inputs[next + n] = node.input();
        values[next + n] = node.value();
        if (!node.isLeaf()) {
          check(t, n, node, nodes.size());
          less[next + n] = next + node.less();
          otherwise[next + n] = next + node.otherwise();
        }
      }
      next += nodes.size();
    }
  }

  private static void check(int tree, int number, Node node, int count) {
    boolean behind = node.less() > number && node.otherwise() > number;
    if (node.input() < 0 || !behind || Math.max(node.less(), node.otherwise()) >= count) {
      throw new IllegalArgumentException(
          "node %d of tree %d goes on with %d and %d, must be behind it and below %d"
              .formatted(number, tree, node.less(), node.otherwise(), count));
    }
  }

  /** Number of trees. */
  int size() {
    return roots.length;
  }

  /** One more than the highest number of an input. */
  int width() {
    int width = 0;
    for (int input : inputs) {
      width = Math.max(width, input + 1);
    }
    return width;
  }

  /** The sum of all trees' leaves. */
  double sum(float[] x) {
    double sum = 0;
    for (int root : roots) {
      int node = root;
      while (inputs[node] != LEAF) {
        node = x[inputs[node]] < values[node] ? less[node] : otherwise[node];
      }
      sum += values[node];
    }
    return sum;
  }

  /** The nodes of each tree, as they were given. */
  List<List<Node>> nodes() {
    List<List<Node>> trees = new ArrayList<>();
    for (int t = 0; t < roots.length; t++) {
      int end = t + 1 < roots.length ? roots[t + 1] : inputs.length;
      List<Node> nodes = new ArrayList<>();
      for (int n = roots[t]; n < end; n++) {
        nodes.add(
            inputs[n] == LEAF
                ? Node.leaf(values[n])
                : new Node(inputs[n], values[n], less[n] - roots[t], otherwise[n] - roots[t]));
      }
      trees.add(nodes);
    }
    return trees;
  }
}
