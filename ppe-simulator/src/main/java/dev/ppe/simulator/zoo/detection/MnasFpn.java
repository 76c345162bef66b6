package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.PyramidBlocks;
import dev.ppe.simulator.builder.PyramidBlocks.Source;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.zoo.FeatureMaps;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.classification.Backbone;
import dev.ppe.simulator.zoo.classification.MobileNetV2;
import java.util.ArrayList;
import java.util.List;

/**
 * MobileNetV2 under a searched pyramid (Chen et al., "MnasFPN: Learning Latency-aware Pyramid
 * Architecture for Object Detection on Mobile Devices", 2020), as released in the TensorFlow Object
 * Detection API (ssd_mobilenet_v2_mnasfpn_feature_extractor.py): a cell of five nodes, repeated.
 *
 * <p>The predictors are four separable convolutions of 64 channels and a last one, for nine anchors
 * at each position of each of four levels. The levels share the last one. In training they share
 * the others too, but not the batch normalisations, so once these are folded each has its own.
 *
 * @param channels between cells
 * @param repeats cells
 */
public record MnasFpn(int channels, int repeats) {
  /** The released one. */
  public static final MnasFpn DEFAULT = new MnasFpn(48, 4);

  private static final String NAME = "ssd_mobilenet_v2_mnasfpn";
  private static final Backbone BACKBONE = MobileNetV2.DEFAULT.backbone();
  private static final Kernel KERNEL = Kernel.of(3);
  private static final int MIN_LEVEL = 3;
  private static final int LEVELS = 4;
  private static final int TOWER_DEPTH = 4;
  private static final int TOWER_CHANNELS = 64;
  private static final int ANCHORS = 9;

  /**
   * A node of the cell.
   *
   * @param sources numbers of what it reads: 0 to 3 the cell's inputs, then the nodes before it
   * @param merged channels in which they are added up
   */
  private record Node(List<Integer> sources, int level, int kernel, int merged) {}

  /** The cell; its last four nodes are its results, finest first. */
  private static final List<Node> CELL =
      List.of(
          new Node(List.of(1, 2), 4, 3, 256),
          new Node(List.of(0, 4), 3, 3, 128),
          new Node(List.of(5, 4), 4, 3, 128),
          new Node(List.of(4, 3), 5, 5, 128),
          new Node(List.of(4, 3), 6, 3, 96));

  ZooModel model() {
    return new ZooModel(
        NAME,
        List.of(NAME + "_320"),
        "MnasFPN",
        "object detection on MobileNetV2",
        ModelOptions.image(320, 91),
        this::graph);
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(NAME, options.arithmetic());
    Value image = net.input("image", 1, options.resolution(), options.resolution(), 3);
    List<Value> maps = features(net, image);
    List<Value> boxes = new ArrayList<>();
    List<Value> scores = new ArrayList<>();
    Predictor box = Predictor.of(net.scope("box"), ANCHORS * Anchors.COORDINATES);
    Predictor score = Predictor.of(net.scope("class"), ANCHORS * options.classes());
    for (int i = 0; i < maps.size(); i++) {
      GraphBuilder level = net.scope("predict" + i);
      Value x = tower(level, maps.get(i));
      boxes.add(box.write(level.scope("box"), x));
      scores.add(score.write(level.scope("class"), x));
    }
    return net.build(Anchors.join(net.scope("detections"), boxes, scores, options.classes()));
  }

  /** The layers before the predictors, with maps of levels 3 to 6. */
  public List<Value> features(GraphBuilder net, Value image) {
    FeatureMaps backbone = BACKBONE.features(net, image);
    GraphBuilder extra = net.scope("level6");
    Value pooled = extra.maxPool("max-pool", backbone.level(5), KERNEL.stride(2));
    List<Value> maps =
        List.of(
            backbone.level(3),
            backbone.level(4),
            backbone.level(5),
            Blocks.project(extra, pooled, channels));
    for (int i = 0; i < repeats; i++) {
      maps = cell(net.scope("cell" + i), maps);
    }
    return maps;
  }

  private List<Value> cell(GraphBuilder net, List<Value> inputs) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      sources.add(new Source("input" + i, MIN_LEVEL + i, inputs.get(i)));
    }
    for (int i = 0; i < CELL.size(); i++) {
      Node node = CELL.get(i);
      List<Source> read = node.sources().stream().map(sources::get).toList();
      Kernel kernel = Kernel.of(node.kernel());
      Value x =
          PyramidBlocks.mnasFpnNode(
              net.scope("node" + i), read, node.level(), node.merged(), kernel, channels);
      sources.add(new Source("node" + i, node.level(), x));
    }
    List<Value> results = new ArrayList<>();
    int first = sources.size() - LEVELS;
    for (int i = 0; i < LEVELS; i++) {
      Value result = sources.get(first + i).map();
      results.add(Blocks.residual(net.scope("result" + i), inputs.get(i), result, Kernel.POINT));
    }
    return results;
  }

  private static Value tower(GraphBuilder net, Value input) {
    Value x = input;
    for (int i = 0; i < TOWER_DEPTH; i++) {
      x =
          PyramidBlocks.separable(
              net.scope("tower" + i), x, TOWER_CHANNELS, KERNEL, Activation.RELU6);
    }
    return x;
  }

  /** The last separable convolution, one for all levels. */
  private record Predictor(Value depthwise, Value pointwise, Value bias) {
    static Predictor of(GraphBuilder net, int outputs) {
      return new Predictor(
          net.weights("dw3x3", Shape.of(1, 3, 3, TOWER_CHANNELS), 3),
          net.weights("pointwise", Shape.of(outputs, 1, 1, TOWER_CHANNELS), 0),
          net.bias("bias", outputs));
    }

    Value write(GraphBuilder net, Value x) {
      Value spatial =
          net.apply(
              "dw3x3",
              new Operator.DepthwiseConv2d(KERNEL.window(), 1, Activation.NONE),
              x,
              depthwise);
      Operator.Conv2d conv = new Operator.Conv2d(Kernel.POINT.window(), 1, Activation.NONE);
      return net.apply("pointwise", conv, spatial, pointwise, bias);
    }
  }
}
