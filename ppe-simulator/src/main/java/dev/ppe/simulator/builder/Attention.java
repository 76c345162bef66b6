package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import java.util.List;

/**
 * Multi-head attention (Vaswani et al., "Attention Is All You Need", 2017): each head weighs the
 * values of all tokens by the softmax of its query's products with their keys. The scale of the
 * products, a constant, is in the query's weights.
 *
 * @param heads that work side by side
 * @param features of all heads together
 */
public record Attention(int heads, int features) {
  /** Exchanges tokens and heads. */
  private static final List<Integer> HEADS_AND_TOKENS = List.of(0, 2, 1, 3);

  public Attention {
    if (heads < 1 || features < 1) {
      throw new IllegalArgumentException(
          "%d heads and %d features, must be 1 or more".formatted(heads, features));
    }
  }

  /**
   * Writes the layers.
   *
   * @param queries where queries come from [1, tokens, any]; keys and values likewise
   * @param maskAdder added to the scores [1, 1, 1, tokens]
   * @return [1, tokens, features]
   * @throws dev.ppe.simulator.graph.GraphException unless the heads divide the features
   */
  public Value write(GraphBuilder net, Value queries, Value keys, Value values, Value maskAdder) {
    if (features % heads != 0) {
      throw net.mistake(
          "query/split", "%d features do not divide into %d heads".formatted(features, heads));
    }
    Value query = perHead(net.scope("query"), queries);
    Value key = perHead(net.scope("key"), keys);
    Value scores = net.apply("scores", new Operator.BatchMatMul(false, true), query, key);
    scores = net.add("mask", maskAdder, scores, Activation.NONE);
    Value weights = net.softmax("softmax", scores);
    Value value = perHead(net.scope("value"), values);
    Value context = net.apply("context", new Operator.BatchMatMul(false, false), weights, value);
    context = net.transpose("transpose", context, HEADS_AND_TOKENS);
    context = net.reshape("merge", context, 1, tokens(queries), features);
    return TextBlocks.dense(net, "dense", context, features, Activation.NONE);
  }

  /** [1, heads, tokens, features / heads]. */
  private Value perHead(GraphBuilder net, Value x) {
    Value dense = TextBlocks.dense(net, "dense", x, features, Activation.NONE);
    Value split = net.reshape("split", dense, 1, tokens(x), heads, features / heads);
    return net.transpose("transpose", split, HEADS_AND_TOKENS);
  }

  private static int tokens(Value x) {
    return x.shape().dim(1);
  }
}
