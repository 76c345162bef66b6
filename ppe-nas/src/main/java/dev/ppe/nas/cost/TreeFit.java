package dev.ppe.nas.cost;

import dev.ppe.nas.cost.Trees.Node;
import dev.ppe.nas.statistics.Statistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer.RegressionType;

/**
 * Grows trees with XGBoost, by Tribuo, on one thread: the same inputs and seed give the same trees.
 * What comes of it is read from its own description of the trees and needs no native library.
 */
final class TreeFit {
  private static final int TREES = 150;
  private static final int CHECKED = 10;

  /** For example {@code 0:[f3<0.5] yes=1,no=2,missing=1} and {@code 1:leaf=0.25}. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?<id>\\d+):(?:leaf=(?<leaf>[^,]+)|\\[f(?<input>\\d+)<(?<threshold>[^\\]]+)\\]"
              + " yes=(?<yes>\\d+),no=(?<no>\\d+))");

  private final long seed;

  TreeFit(long seed) {
    this.seed = seed;
  }

  /**
   * Trees that predict figures.
   *
   * @param inputs of each sample
   * @param y of each sample, not all the same
   * @throws IllegalArgumentException if this machine has not what XGBoost needs
   */
  Trees fit(double[][] inputs, double[] y) {
    double scale = Math.sqrt(Statistics.dot(y, y) / y.length);
    try {
      MutableDataset<Regressor> data = data(inputs, y, scale);
      XGBoostModel<Regressor> model =
          new XGBoostRegressionTrainer(RegressionType.LINEAR, TREES, settings())
              .train(data, Map.of());
      Trees trees = trees(model, scale);
      check(model, data, trees, inputs, scale);
      return trees;
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "boosted models are trained by XGBoost, which cannot be loaded here (%s): it is there for"
                  .formatted(e.getCause() == null ? e : e.getCause())
              + " x86-64 and needs libgomp; take linear, or train elsewhere",
          e);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("objective", "reg:squarederror");
    settings.put("tree_method", "hist");
    settings.put("eta", 0.12);
    settings.put("max_depth", 4);
    settings.put("min_child_weight", 2.0);
    settings.put("subsample", 0.7);
    settings.put("colsample_bynode", 0.5);
    settings.put("lambda", 1.0);
    settings.put("base_score", 0.0);
    settings.put("nthread", 1);
    settings.put("verbosity", 0);
    settings.put("seed", (int) (seed & Integer.MAX_VALUE));
    return settings;
  }

  private static MutableDataset<Regressor> data(double[][] inputs, double[] y, double scale) {
    String[] names =
        IntStream.range(0, inputs[0].length)
            .mapToObj("i%06d"::formatted) // numbers by the order of names
            .toArray(String[]::new);
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("costs", factory), factory);
    for (int i = 0; i < y.length; i++) {
      data.add(new ArrayExample<>(new Regressor("cost", y[i] / scale), names, inputs[i]));
    }
    return data;
  }

  private static Trees trees(XGBoostModel<Regressor> model, double scale) {
    List<List<Node>> trees = new ArrayList<>();
    for (String text : model.getModelDump().getFirst()) {
      trees.add(nodes(text, scale));
    }
    return new Trees(trees);
  }

  /** The nodes of a tree that XGBoost wrote as text, a line each, in breadth-first order. */
  private static List<Node> nodes(String text, double scale) {
    Map<Integer, Matcher> lines = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.lookingAt()) {
        throw new IllegalStateException("XGBoost describes a node as \"%s\"".formatted(line));
      }
      lines.put(Integer.valueOf(matcher.group("id")), matcher);
    }
    List<Node> nodes = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    int next = 1;
    while (!open.isEmpty()) {
      Matcher line = Objects.requireNonNull(lines.get(open.remove()), text);
      if (line.group("leaf") != null) {
        nodes.add(Node.leaf((float) (Float.parseFloat(line.group("leaf")) * scale)));
      } else {
        int input = Integer.parseInt(line.group("input"));
        nodes.add(new Node(input, Float.parseFloat(line.group("threshold")), next, next + 1));
        open.add(Integer.valueOf(line.group("yes")));
        open.add(Integer.valueOf(line.group("no")));
        next += 2;
      }
    }
    return nodes;
  }

  /** What was read must say what XGBoost says. */
  private static void check(
      XGBoostModel<Regressor> model,
      MutableDataset<Regressor> data,
      Trees trees,
      double[][] inputs,
      double scale) {
    for (int i = 0; i < Math.min(CHECKED, inputs.length); i++) {
      float[] rounded = new float[inputs[i].length];
      for (int j = 0; j < rounded.length; j++) {
        rounded[j] = (float) inputs[i][j];
      }
      double own = trees.sum(rounded) / scale;
      double theirs = model.predict(data.getExample(i)).getOutput().getValues()[0];
      if (Math.abs(own - theirs) > 1e-4 * Math.max(1, Math.abs(theirs))) {
        throw new IllegalStateException(
            "XGBoost predicts %s and its trees, as they were read, %s".formatted(theirs, own));
      }
    }
  }
}
