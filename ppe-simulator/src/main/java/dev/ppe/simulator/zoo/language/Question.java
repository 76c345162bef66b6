package dev.ppe.simulator.zoo.language;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.TextBlocks;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import java.util.List;

/**
 * What goes into an encoder that answers questions on a text, and what comes out: SQuAD's task
 * (Rajpurkar et al., 2016).
 *
 * @param words the index of each token in the vocabulary [1, tokens]
 * @param types 0 for tokens of the question, 1 for those of the text [1, tokens]
 * @param maskAdder 0 for tokens, far below for padding [1, 1, 1, tokens]: added to attention scores
 */
record Question(Value words, Value types, Value maskAdder) {
  static final String TASK = "answers to questions on a text";
  static final int VOCABULARY = 30_522;
  static final int TYPES = 2;

  /** Positions that have an embedding. */
  static final int LONGEST = 512;

  static Question ask(GraphBuilder net, int tokens) {
    if (tokens > LONGEST) {
      throw net.mistake(
          "embedding/position",
          "a text of %d tokens, must be %d or less".formatted(tokens, LONGEST));
    }
    Value words = net.input("input-words", DataType.INT32, 1, tokens);
    Value types = net.input("input-types", DataType.INT32, 1, tokens);
    // Of the network's own type, which saves a cast on the way in.
    Value mask = net.input("input-mask", 1, 1, 1, tokens);
    return new Question(words, types, maskAdder(net.scope("mask"), mask));
  }

  /** From 1 for tokens and 0 for padding. */
  private static Value maskAdder(GraphBuilder net, Value mask) {
    Value scaled = net.multiply("scale", mask, net.parameter("depth", 1));
    return net.add("shift", scaled, net.parameter("minus-depth", 1), Activation.NONE);
  }

  /** Sum of a word's, its type's and its position's embeddings; positions not used are cut off. */
  Value embed(GraphBuilder net, Value embeddedWords) {
    int features = embeddedWords.channels();
    Value position = net.parameter("position", embeddedWords.shape().dim(1), features);
    Value placed = net.add("add-position", embeddedWords, position, Activation.NONE);
    Value type = TextBlocks.embed(net, "type", types, TYPES, features);
    return net.add("add-type", placed, type, Activation.NONE);
  }

  /** The graph whose outputs are the logits of each token to start and to end the answer. */
  static Graph answer(GraphBuilder net, Value encoded) {
    GraphBuilder head = net.scope("span");
    Value logits = TextBlocks.dense(head, "dense", encoded, 2, Activation.NONE);
    List<Value> ends = head.split("split", logits, -1, List.of(1, 1));
    return net.build(
        head.squeeze("start", ends.getFirst(), 2), head.squeeze("end", ends.getLast(), 2));
  }
}
