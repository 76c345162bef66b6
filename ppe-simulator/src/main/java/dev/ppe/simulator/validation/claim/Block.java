package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;

/**
 * What a network repeats: an inverted bottleneck, or a layer or two, that leaves the shape [1,
 * size, size, channels] as it is.
 */
interface Block {
  /** Height and width of its input and output. */
  int size();

  /** Channels of its input and output. */
  int channels();

  /** Writes it on a scope of its own. */
  Value write(GraphBuilder net, Value x);

  /** For people, without the shape: {@code gc e8 g2}. */
  String label();

  /** {@code 56x56x16}. */
  default String shape() {
    return "%1$dx%1$dx%2$d".formatted(size(), channels());
  }
}
