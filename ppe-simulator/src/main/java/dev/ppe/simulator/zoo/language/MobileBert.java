package dev.ppe.simulator.zoo.language;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * MobileBERT (Sun et al., "MobileBERT: a Compact Task-Agnostic BERT for Resource-Limited Devices",
 * 2020), and MobileBERT-EdgeTPU, found in its space by Akin et al., "Searching for Efficient Neural
 * Architectures for On-Device ML on Edge TPUs" (2022).
 *
 * <p>A block works in a bottleneck: attention, then several feed-forward networks one behind the
 * other. Keys and queries share a bottleneck of their own; values come from the block's input.
 *
 * @param name in the zoo, for example {@code mobilebert_edgetpu_s}
 * @param title for people
 * @param blocks one behind the other
 * @param bottleneck features within a block
 * @param intermediate features within a feed-forward network
 * @param feedForwards of each block
 */
public record MobileBert(
    String name, String title, int blocks, int bottleneck, int intermediate, int feedForwards) {

  /** The networks, smallest first but for the one that the others come from. */
  public static final List<MobileBert> VARIANTS =
      List.of(
          new MobileBert("mobilebert", "MobileBERT", 24, 128, 512, 4),
          new MobileBert("mobilebert_edgetpu_xxs", "MobileBERT-EdgeTPU XXS", 6, 128, 1024, 2),
          new MobileBert("mobilebert_edgetpu_xs", "MobileBERT-EdgeTPU XS", 8, 256, 1024, 4),
          new MobileBert("mobilebert_edgetpu_s", "MobileBERT-EdgeTPU S", 12, 256, 1024, 4),
          new MobileBert("mobilebert_edgetpu_m", "MobileBERT-EdgeTPU M", 12, 256, 1024, 6));

  private static final int TOKENS = 384;
  private static final int HIDDEN = 512;
  private static final int HEADS = 4;
  private static final int WORD = 128;

  static List<ZooModel> models() {
    return VARIANTS.stream().map(MobileBert::model).toList();
  }

  /** The network with its options. */
  public ZooModel model() {
    return new ZooModel(
        name,
        List.of(),
        "%s, answers to questions on a text of %d tokens".formatted(title, TOKENS),
        ModelOptions.text(TOKENS),
        this::graph);
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name, options.arithmetic());
    Question question = Question.ask(net, options.sequenceLength());
    Value x = embedding(net.scope("embedding"), question);
    for (int b = 0; b < blocks; b++) {
      x = block(net.scope("b" + b), x, question.maskAdder());
    }
    return Question.answer(net, x);
  }

  /** Narrow words, each widened together with its two neighbours. */
  private static Value embedding(GraphBuilder net, Question question) {
    Value word = TextLayers.embed(net, "word", question.words(), Question.VOCABULARY, WORD);
    Value padded =
        net.apply(
            "pad",
            new Operator.Pad(List.of(0, 1, 0), List.of(0, 1, 0), Operator.PadMode.CONSTANT),
            word);
    Value next = tokensFrom(net, "next", 2, padded);
    Value previous = tokensFrom(net, "previous", 0, padded);
    Value x = net.concat("trigram", -1, List.of(next, word, previous));
    x = TextLayers.dense(net, "project", x, HIDDEN, Activation.NONE);
    return TextLayers.noNorm(net, "norm", question.embed(net, x));
  }

  private static Value tokensFrom(GraphBuilder net, String name, int first, Value padded) {
    int tokens = TextLayers.tokens(padded) - 2;
    return net.apply(
        name,
        new Operator.Slice(List.of(0, first, 0), List.of(1, tokens, padded.channels())),
        padded);
  }

  private Value block(GraphBuilder net, Value x, Value maskAdder) {
    Value shared = narrow(net.scope("key-query"), x);
    GraphBuilder attention = net.scope("attention");
    Value y = new Attention(HEADS, bottleneck).write(attention, shared, shared, x, maskAdder);
    Value narrow = narrow(net.scope("bottleneck"), x);
    y = TextLayers.noNorm(attention, "norm", TextLayers.add(attention, "add", y, narrow));
    for (int f = 0; f < feedForwards; f++) {
      y = feedForward(net.scope("ffn" + f), y);
    }
    GraphBuilder output = net.scope("output");
    Value wide = TextLayers.dense(output, "dense", y, HIDDEN, Activation.NONE);
    return TextLayers.noNorm(output, "norm", TextLayers.add(output, "add", wide, x));
  }

  private Value narrow(GraphBuilder net, Value x) {
    return TextLayers.noNorm(
        net, "norm", TextLayers.dense(net, "dense", x, bottleneck, Activation.NONE));
  }

  private Value feedForward(GraphBuilder net, Value x) {
    Value wide = TextLayers.dense(net, "expand", x, intermediate, Activation.RELU);
    Value result = TextLayers.dense(net, "project", wide, bottleneck, Activation.NONE);
    return TextLayers.noNorm(net, "norm", TextLayers.add(net, "add", result, x));
  }
}
