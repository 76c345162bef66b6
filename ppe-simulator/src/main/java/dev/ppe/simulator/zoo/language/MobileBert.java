package dev.ppe.simulator.zoo.language;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.MobileBertFigures;
import dev.ppe.simulator.builder.TextBlocks;
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
 * @param name in the zoo, for example {@code mobilebert_edgetpu_s}
 * @param family for people
 * @param blocks one behind the other
 * @param bottleneck features within a block
 * @param intermediate features within a feed-forward network
 * @param feedForwards of each block
 */
public record MobileBert(
    String name, String family, int blocks, int bottleneck, int intermediate, int feedForwards) {

  private static final String EDGE_TPU = "MobileBERT-EdgeTPU";

  /** The networks, smallest first but for the one that the others come from. */
  public static final List<MobileBert> VARIANTS =
      List.of(
          new MobileBert("mobilebert", "MobileBERT", 24, 128, 512, 4),
          new MobileBert("mobilebert_edgetpu_xxs", EDGE_TPU, 6, 128, 1024, 2),
          new MobileBert("mobilebert_edgetpu_xs", EDGE_TPU, 8, 256, 1024, 4),
          new MobileBert("mobilebert_edgetpu_s", EDGE_TPU, 12, 256, 1024, 4),
          new MobileBert("mobilebert_edgetpu_m", EDGE_TPU, 12, 256, 1024, 6));

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
        name, List.of(), family, Question.TASK, ModelOptions.text(TOKENS), this::graph);
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name, options.arithmetic());
    Question question = Question.ask(net, options.sequenceLength());
    Value x = embedding(net.scope("embedding"), question);
    MobileBertFigures figures =
        new MobileBertFigures(bottleneck, intermediate, feedForwards, HEADS);
    for (int b = 0; b < blocks; b++) {
      x = TextBlocks.mobileBert(net.scope("b" + b), x, question.maskAdder(), figures);
    }
    return Question.answer(net, x);
  }

  /** Narrow words, each widened together with its two neighbours. */
  private static Value embedding(GraphBuilder net, Question question) {
    Value word = TextBlocks.embed(net, "word", question.words(), Question.VOCABULARY, WORD);
    Value padded =
        net.apply(
            "pad",
            new Operator.Pad(List.of(0, 1, 0), List.of(0, 1, 0), Operator.PadMode.CONSTANT),
            word);
    Value next = tokensFrom(net, "next", 2, padded);
    Value previous = tokensFrom(net, "previous", 0, padded);
    Value x = net.concat("trigram", -1, List.of(next, word, previous));
    x = TextBlocks.dense(net, "project", x, HIDDEN, Activation.NONE);
    return TextBlocks.noNorm(net, "norm", question.embed(net, x));
  }

  private static Value tokensFrom(GraphBuilder net, String name, int first, Value padded) {
    int tokens = padded.shape().dim(1) - 2;
    return net.apply(
        name,
        new Operator.Slice(List.of(0, first, 0), List.of(1, tokens, padded.channels())),
        padded);
  }
}
