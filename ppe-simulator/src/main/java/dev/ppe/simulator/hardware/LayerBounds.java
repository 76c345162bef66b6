package dev.ppe.simulator.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The shape of a layer, or the largest of several layers of a kind in each of its figures.
 *
 * @param kind of its operator, as reports call it: {@code depthwise-conv}
 * @param kernel the longer side of its window; 1 without one
 * @param stride the larger one; 1 without a window
 * @param dilation the larger one; 1 without a window
 * @param groups of a group convolution; 1 for others
 * @param size the longest side of a map that it reads or writes, batches one below the other
 * @param inputs channels of its first operand
 * @param outputs channels of its result
 * @param parameters stored elements that it reads
 */
public record LayerBounds(
    String kind,
    int kernel,
    int stride,
    int dilation,
    int groups,
    long size,
    long inputs,
    long outputs,
    long parameters) {
  private static final long MOST = 1L << 40;

  public LayerBounds {
    Check.text("validated.layers.kind", kind);
    Check.range("validated.layers.kernel", kernel, 1, Integer.MAX_VALUE);
    Check.range("validated.layers.stride", stride, 1, Integer.MAX_VALUE);
    Check.range("validated.layers.dilation", dilation, 1, Integer.MAX_VALUE);
    Check.range("validated.layers.groups", groups, 1, Integer.MAX_VALUE);
    Check.range("validated.layers.size", size, 1, MOST);
    Check.range("validated.layers.inputs", inputs, 1, MOST);
    Check.range("validated.layers.outputs", outputs, 1, MOST);
    Check.range("validated.layers.parameters", parameters, 0, MOST);
  }

  /** The larger of both in each figure. */
  public LayerBounds or(LayerBounds other) {
    return new LayerBounds(
        kind,
        Math.max(kernel, other.kernel),
        Math.max(stride, other.stride),
        Math.max(dilation, other.dilation),
        Math.max(groups, other.groups),
        Math.max(size, other.size),
        Math.max(inputs, other.inputs),
        Math.max(outputs, other.outputs),
        Math.max(parameters, other.parameters));
  }

  /** What of a layer of this kind is larger, in words: {@code kernel 5, validated to 3}. */
  public List<String> exceededBy(LayerBounds layer) {
    List<String> words = new ArrayList<>();
    exceeded("kernel", layer.kernel, kernel, words);
    exceeded("stride", layer.stride, stride, words);
    exceeded("dilation", layer.dilation, dilation, words);
    exceeded("groups", layer.groups, groups, words);
    exceeded("map side", layer.size, size, words);
    exceeded("input channels", layer.inputs, inputs, words);
    exceeded("output channels", layer.outputs, outputs, words);
    exceeded("parameters", layer.parameters, parameters, words);
    return words;
  }

  private static void exceeded(String what, long is, long validated, List<String> words) {
    if (is > validated) {
      words.add(String.format(Locale.ROOT, "%s %,d, validated to %,d", what, is, validated));
    }
  }
}
