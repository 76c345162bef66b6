package dev.ppe.simulator.compile;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Networks that properties are tried on: published ones, small hand-made ones, random ones. */
public final class Networks {
  private static final Activation RELU = Activation.RELU;

  private Networks() {}

  /** A few of each kind. */
  public static List<Graph> some() {
    return Stream.of(
            Stream.of("mobilenet_v2", "mobilenet_edgetpu_v2_s")
                .map(name -> Zoo.find(name).orElseThrow().graph()),
            handMade().stream(),
            IntStream.range(0, 8).mapToObj(Networks::random))
        .flatMap(networks -> networks)
        .toList();
  }

  /** Small ones, each with something that a chain of convolutions has not. */
  public static List<Graph> handMade() {
    return List.of(
        branches(),
        squeezeAndExcite(),
        encoderDecoder(192),
        attention(),
        hostOnBothSides(),
        wide());
  }

  /** Parallel branches of different depth, joined. */
  static Graph branches() {
    GraphBuilder net = GraphBuilder.named("branches", Arithmetic.INT8);
    Value x = net.input("image", 1, 28, 28, 32);
    Value left = net.pointwise("left", x, 24, RELU);
    Value middle =
        net.conv("middle/2", net.pointwise("middle/1", x, 16, RELU), 32, Kernel.of(5), RELU);
    Value pool = net.maxPool("pool", x, Kernel.of(3));
    List<Value> halves = net.split("split", pool, -1, List.of(20, 12));
    Value right = net.depthwise("right", halves.get(1), Kernel.of(3), RELU);
    return net.build(
        net.pointwise(
            "join",
            net.concat("concat", -1, List.of(left, middle, halves.get(0), right)),
            64,
            RELU));
  }

  /** A gate computed from the whole map. */
  static Graph squeezeAndExcite() {
    GraphBuilder net = GraphBuilder.named("squeeze-and-excite", Arithmetic.INT8);
    Value x = net.input("image", 1, 56, 56, 24);
    Value wide = net.pointwise("expand", x, 96, RELU);
    Value mean = net.globalAveragePool("mean", wide);
    Value gate = net.pointwise("excite", net.pointwise("squeeze", mean, 8, RELU), 96, RELU);
    Value scaled = net.multiply("scale", wide, net.unary("gate", UnaryFunction.LOGISTIC, gate));
    Value projected = net.pointwise("project", scaled, 24, Activation.NONE);
    return net.build(net.add("add", projected, x, Activation.NONE));
  }

  /** Long skip connections over high resolutions: more than a small chip holds. */
  public static Graph encoderDecoder(int side) {
    GraphBuilder net = GraphBuilder.named("encoder-decoder", Arithmetic.INT8);
    Value x = net.input("image", 1, side, side, 3);
    Value one = net.conv("down1", x, 32, Kernel.of(3), RELU);
    Value two = net.conv("down2", one, 48, Kernel.of(3).stride(2), RELU);
    Value three = net.conv("down3", two, 96, Kernel.of(3).stride(2), RELU);
    Value up = net.resizeBilinear("up2", three, side / 2, side / 2);
    up = net.conv("join2", net.concat("skip2", 3, List.of(up, two)), 48, Kernel.of(3), RELU);
    up = net.resizeBilinear("up1", up, side, side);
    up = net.conv("join1", net.concat("skip1", 3, List.of(up, one)), 16, Kernel.of(3), RELU);
    return net.build(net.pointwise("classes", up, 8, Activation.NONE));
  }

  /** One head of attention over 49 tokens. */
  static Graph attention() {
    GraphBuilder net = GraphBuilder.named("attention", Arithmetic.INT8);
    Value x = net.input("tokens", 1, 49, 64);
    Operator dense = new Operator.FullyConnected(true, Activation.NONE);
    List<Value> parts = new ArrayList<>();
    for (String part : List.of("query", "key", "value")) {
      Value weights = net.weights(part + "/weights", Shape.of(64, 64), 0);
      parts.add(net.apply(part, dense, x, weights));
    }
    Value scores =
        net.apply("scores", new Operator.BatchMatMul(false, true), parts.get(0), parts.get(1));
    Value mixed =
        net.apply(
            "mix", new Operator.BatchMatMul(false, false), net.softmax("p", scores), parts.get(2));
    return net.build(net.add("add", mixed, x, Activation.NONE));
  }

  /** A float image is quantised on the host, and the host says what it sees. */
  static Graph hostOnBothSides() {
    GraphBuilder net = GraphBuilder.named("host-on-both-sides", Arithmetic.INT8);
    Value x = net.input("image", DataType.FLOAT32, 1, 32, 32, 8);
    Value q = net.apply("quantize", new Operator.Quantize(), x);
    Value padded =
        net.apply(
            "pad", new Operator.Pad(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0), PadMode.CONSTANT), q);
    Value y = net.conv("conv", padded, 32, Kernel.of(3).padding(Padding.VALID), Activation.NONE);
    y = net.unary("relu", UnaryFunction.RELU, y);
    Value features = net.globalAveragePool("pool", y);
    Value flat = net.reshape("flatten", features, 1, 32);
    Value logits = net.fullyConnected("logits", flat, 10, Activation.NONE);
    return net.build(
        net.apply("class", new Operator.ArgMax(1, false, DataType.INT8), logits),
        net.apply("map", new Operator.Dequantize(), y));
  }

  /** Layers whose parameters no cache holds. */
  static Graph wide() {
    GraphBuilder net = GraphBuilder.named("wide", Arithmetic.INT8);
    Value x = net.input("features", 1, 3000);
    x = net.fullyConnected("one", x, 3000, RELU);
    x = net.fullyConnected("two", x, 100, RELU);
    return net.build(net.fullyConnected("three", x, 3000, Activation.NONE));
  }

  /** A seeded chain of inverted bottlenecks of all kinds, now and then with a second branch. */
  public static Graph random(int seed) {
    Random random = new Random(seed);
    GraphBuilder net = GraphBuilder.named("random-" + seed, Arithmetic.INT8);
    int side = pick(random, 17, 32, 56, 96, 160);
    Value x = net.input("image", 1, side, side, pick(random, 1, 3, 8));
    x = net.conv("stem", x, pick(random, 8, 16, 24), Kernel.of(3).stride(1 + side / 90), RELU);
    Value early = x;
    int blocks = 2 + random.nextInt(8);
    for (int i = 0; i < blocks; i++) {
      GraphBuilder scope = net.scope("b" + i);
      int stride = random.nextInt(3) == 0 ? 2 : 1;
      int channels = stride == 2 ? x.channels() + 8 * random.nextInt(4) : x.channels();
      Kernel kernel = Kernel.of(pick(random, 3, 3, 5)).stride(stride);
      int expanded = x.channels() * (1 + random.nextInt(6));
      Bottleneck bottleneck = new Bottleneck(expanded, channels, kernel, Nonlinearity.RELU);
      int groups = random.nextInt(4);
      x =
          switch (random.nextInt(3)) {
            case 0 -> Blocks.depthwise(scope, x, bottleneck);
            case 1 -> Blocks.fused(scope, x, bottleneck);
            default ->
                groups < 2 || expanded % groups != 0 || x.channels() % groups != 0
                    ? Blocks.depthwise(scope, x, bottleneck)
                    : Blocks.groupConv(scope, x, bottleneck, expanded / groups);
          };
    }
    if (random.nextBoolean()) { // alive over the whole network
      Value small = net.resizeBilinear("early", early, x.height(), x.width());
      x = net.concat("concat", 3, List.of(x, small));
    }
    x = net.globalAveragePool("pool", x);
    return net.build(net.fullyConnected("logits", x, 1 + random.nextInt(500), Activation.NONE));
  }

  private static int pick(Random random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A chain of 1x1 convolutions. */
  public static Graph chain(int layers) {
    return withSkips(layers, layers);
  }

  /**
   * Layers of one shape, every second of which adds what one made {@code span} layers before, where
   * there is such a layer: so many live at a time.
   */
  public static Graph withSkips(int layers, int span) {
    GraphBuilder net = GraphBuilder.named("skips-%d-%d".formatted(layers, span), Arithmetic.INT8);
    Value x = net.input("image", 1, 7, 7, 16);
    List<Value> made = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      x =
          i % 2 == 1 && i >= span
              ? net.add("add" + i, x, made.get(i - span), Activation.NONE)
              : net.pointwise("conv" + i, x, 16, RELU);
      made.add(x);
    }
    return net.build(x);
  }
}
