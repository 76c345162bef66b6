package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Shape;

/**
 * Building blocks of text encoders, on sequences [1, tokens, features]. Each writes its layers on
 * the view it is given, usually a scope of its own.
 *
 * <p>A {@code maskAdder} [1, 1, 1, tokens] is added to attention scores: 0 for tokens, far below
 * for padding.
 */
public final class TextBlocks {
  private TextBlocks() {}

  /**
   * Transformer block (Devlin et al., "BERT", 2018): attention, then a feed-forward network with
   * GELU, each added to its input and normalised.
   *
   * @param heads of the attention
   * @param intermediate features within the feed-forward network
   * @return as many features as {@code x} has
   */
  public static Value transformer(
      GraphBuilder net, Value x, Value maskAdder, int heads, int intermediate) {
    int hidden = x.channels();
    GraphBuilder attention = net.scope("attention");
    Value attended = new Attention(heads, hidden).write(attention, x, x, x, maskAdder);
    attended = layerNorm(attention, "norm", sum(attention, attended, x));

    GraphBuilder feedForward = net.scope("ffn");
    Value wide = dense(feedForward, "expand", attended, intermediate, Activation.NONE);
    wide = feedForward.unary("gelu", UnaryFunction.GELU, wide);
    Value result = dense(feedForward, "project", wide, hidden, Activation.NONE);
    return layerNorm(feedForward, "norm", sum(feedForward, result, attended));
  }

  /**
   * MobileBERT block (Sun et al., "MobileBERT: a Compact Task-Agnostic BERT for Resource-Limited
   * Devices", 2020): attention and several feed-forward networks one behind the other, all in a
   * bottleneck. Keys and queries share a bottleneck of their own; values come from the block's
   * input.
   *
   * @return as many features as {@code x} has
   */
  public static Value mobileBert(
      GraphBuilder net, Value x, Value maskAdder, MobileBertFigures figures) {
    int narrow = figures.bottleneck();
    Value shared = narrowed(net.scope("key-query"), x, narrow);
    GraphBuilder attention = net.scope("attention");
    Value y = new Attention(figures.heads(), narrow).write(attention, shared, shared, x, maskAdder);
    Value identity = narrowed(net.scope("bottleneck"), x, narrow);
    y = noNorm(attention, "norm", sum(attention, y, identity));
    for (int f = 0; f < figures.feedForwards(); f++) {
      y = feedForward(net.scope("ffn" + f), y, figures.intermediate());
    }
    GraphBuilder output = net.scope("output");
    Value wide = dense(output, "dense", y, x.channels(), Activation.NONE);
    return noNorm(output, "norm", sum(output, wide, x));
  }

  private static Value narrowed(GraphBuilder net, Value x, int features) {
    return noNorm(net, "norm", dense(net, "dense", x, features, Activation.NONE));
  }

  private static Value feedForward(GraphBuilder net, Value x, int intermediate) {
    Value wide = dense(net, "expand", x, intermediate, Activation.RELU);
    Value result = dense(net, "project", wide, x.channels(), Activation.NONE);
    return noNorm(net, "norm", sum(net, result, x));
  }

  private static Value sum(GraphBuilder net, Value result, Value x) {
    return net.add("add", result, x, Activation.NONE);
  }

  /** {@code features} weighted sums for each token, with biases. */
  public static Value dense(
      GraphBuilder net, String name, Value x, int features, Activation activation) {
    return net.apply(
        name,
        new Operator.FullyConnected(true, activation),
        x,
        net.weights(name + "/weights", Shape.of(features, x.channels()), 0),
        net.bias(name + "/bias", features));
  }

  /** A row of a stored table of {@code rows} for each of the int32 {@code indices}. */
  public static Value embed(GraphBuilder net, String name, Value indices, int rows, int features) {
    Value table = net.parameter(name + "/table", rows, features);
    return net.apply(name, new Operator.Gather(0, 0), table, indices);
  }

  /** MobileBERT's NoNorm: a learned scale and offset of each feature, without statistics. */
  public static Value noNorm(GraphBuilder net, String name, Value x) {
    return net.scaleAndOffset(name, x, Activation.NONE);
  }

  /** Normalisation over the features of each token, with a learned scale and offset. */
  public static Value layerNorm(GraphBuilder net, String name, Value x) {
    return net.apply(
        name,
        new Operator.LayerNorm(1),
        x,
        net.parameter(name + "/scale", x.channels()),
        net.parameter(name + "/offset", x.channels()));
  }
}
