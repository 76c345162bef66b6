package dev.ppe.nas.cost;

import java.util.ArrayList;
import java.util.List;

/** Trees as a node of ONNX-ML, {@code TreeEnsembleRegressor}. */
final class OnnxTrees {
  private final List<Long> treeIds = new ArrayList<>();
  private final List<Long> nodeIds = new ArrayList<>();
  private final List<Long> inputs = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Float> thresholds = new ArrayList<>();
  private final List<Long> less = new ArrayList<>();
  private final List<Long> otherwise = new ArrayList<>();
  private final List<Long> leafTrees = new ArrayList<>();
  private final List<Long> leafNodes = new ArrayList<>();
  private final List<Long> targets = new ArrayList<>();
  private final List<Float> leaves = new ArrayList<>();

  private OnnxTrees() {}

  static OnnxBytes node(Trees trees, String input, String output) {
    OnnxTrees lists = new OnnxTrees();
    List<List<Trees.Node>> all = trees.nodes();
    for (int tree = 0; tree < all.size(); tree++) {
      for (int node = 0; node < all.get(tree).size(); node++) {
        lists.add(tree, node, all.get(tree).get(node));
      }
    }
    return OnnxBytes.node(
        "ai.onnx.ml",
        "TreeEnsembleRegressor",
        List.of(input),
        output,
        wholes("nodes_treeids", lists.treeIds),
        wholes("nodes_nodeids", lists.nodeIds),
        wholes("nodes_featureids", lists.inputs),
        texts("nodes_modes", lists.modes),
        reals("nodes_values", lists.thresholds),
        wholes("nodes_truenodeids", lists.less),
        wholes("nodes_falsenodeids", lists.otherwise),
        wholes("target_treeids", lists.leafTrees),
        wholes("target_nodeids", lists.leafNodes),
        wholes("target_ids", lists.targets),
        reals("target_weights", lists.leaves),
        OnnxBytes.attribute("n_targets", 1),
        OnnxBytes.attribute("aggregate_function", "SUM"),
        OnnxBytes.attribute("post_transform", "NONE"));
  }

  private void add(long tree, long number, Trees.Node node) {
    treeIds.add(tree);
    nodeIds.add(number);
    inputs.add((long) Math.max(0, node.input()));
    modes.add(node.isLeaf() ? "LEAF" : "BRANCH_LT");
    thresholds.add(node.isLeaf() ? 0f : node.value());
    less.add((long) node.less());
    otherwise.add((long) node.otherwise());
    if (node.isLeaf()) {
      leafTrees.add(tree);
      leafNodes.add(number);
      targets.add(0L);
      leaves.add(node.value());
    }
  }

  private static OnnxBytes wholes(String name, List<Long> values) {
    OnnxBytes attribute = new OnnxBytes().text(1, name);
    values.forEach(value -> attribute.whole(8, value));
    return attribute.whole(20, 7);
  }

  private static OnnxBytes reals(String name, List<Float> values) {
    OnnxBytes attribute = new OnnxBytes().text(1, name);
    values.forEach(value -> attribute.real(7, value));
    return attribute.whole(20, 6);
  }

  private static OnnxBytes texts(String name, List<String> values) {
    OnnxBytes attribute = new OnnxBytes().text(1, name);
    values.forEach(value -> attribute.text(9, value));
    return attribute.whole(20, 8);
  }
}
