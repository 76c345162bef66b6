package dev.ppe.simulator.builder;

/**
 * A gate for each channel, computed from the averages of all (Hu et al., "Squeeze-and-Excitation
 * Networks", 2018).
 *
 * @param reduced channels between its two layers
 * @param inside after the first layer
 * @param gate after the second, to a value between 0 and 1
 */
public record SqueezeExcite(int reduced, Nonlinearity inside, Nonlinearity gate) {
  public SqueezeExcite {
    if (reduced < 1) {
      throw new IllegalArgumentException("reduced channels are " + reduced + ", must be 1 or more");
    }
  }

  /** Writes the gate and the product with it: {@code x} with its channels weighed. */
  public Value apply(GraphBuilder net, Value x) {
    Value pooled = net.globalAveragePool("squeeze", x);
    Value low = net.pointwise("reduce", pooled, reduced, inside);
    return net.multiply("scale", x, net.pointwise("excite", low, x.channels(), gate));
  }
}
