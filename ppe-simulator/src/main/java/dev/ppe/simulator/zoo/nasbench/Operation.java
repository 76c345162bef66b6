package dev.ppe.simulator.zoo.nasbench;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an edge of a cell computes, in the benchmark's order. */
public enum Operation {
  /** Zeros: the edge is not there. */
  NONE,
  /** The source as it is. */
  SKIP_CONNECT,
  /** ReLU, 1 x 1 convolution, batch normalisation. */
  NOR_CONV_1X1,
  /** ReLU, 3 x 3 convolution, batch normalisation. */
  NOR_CONV_3X3,
  /** 3 x 3 average of stride 1, padding not counted. */
  AVG_POOL_3X3;

  /** The benchmark's word for it, for example {@code nor_conv_3x3}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Operation> of(String word) {
    return Stream.of(values()).filter(operation -> operation.word().equals(word)).findFirst();
  }
}
