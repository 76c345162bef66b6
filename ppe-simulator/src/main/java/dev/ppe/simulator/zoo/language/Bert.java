package dev.ppe.simulator.zoo.language;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.TextBlocks;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * BERT (Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language
 * Understanding", 2018), without the pooler, which answering questions does not use.
 *
 * @param size its name, for example {@code base}
 * @param blocks one behind the other
 * @param hidden features of a token between blocks
 * @param heads of each attention
 * @param intermediate features within a feed-forward network
 */
public record Bert(String size, int blocks, int hidden, int heads, int intermediate) {
  /** The smaller of the paper's two. */
  public static final Bert BASE = new Bert("base", 12, 768, 12, 3072);

  private static final int TOKENS = 384;

  static List<ZooModel> models() {
    return List.of(BASE.model());
  }

  /** The network with its options. */
  public ZooModel model() {
    return new ZooModel(
        name(), List.of(), "BERT", Question.TASK, ModelOptions.text(TOKENS), this::graph);
  }

  /** The name in the zoo, for example {@code bert_base}. */
  public String name() {
    return "bert_" + size;
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Question question = Question.ask(net, options.sequenceLength());
    GraphBuilder embedding = net.scope("embedding");
    Value x = TextBlocks.embed(embedding, "word", question.words(), Question.VOCABULARY, hidden);
    x = TextBlocks.layerNorm(embedding, "norm", question.embed(embedding, x));
    for (int b = 0; b < blocks; b++) {
      x = TextBlocks.transformer(net.scope("b" + b), x, question.maskAdder(), heads, intermediate);
    }
    return Question.answer(net, x);
  }
}
