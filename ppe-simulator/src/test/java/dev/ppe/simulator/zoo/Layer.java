package dev.ppe.simulator.zoo;

/**
 * A line of a layer table, read from a file by {@link LayerTable} or told from a graph by {@link
 * GraphLayers}.
 *
 * @param normalization two figures a channel of batch normalisation, or one of a bias alone
 * @param inputs the producing layers' numbers, from 1, joined by {@code +} or {@code *}; {@code in}
 *     for the image
 */
record Layer(
    String block,
    String kind,
    int kernel,
    int stride,
    int dilation,
    int groups,
    int inputChannels,
    int outputChannels,
    int inputHeight,
    int outputHeight,
    String activation,
    long weights,
    long normalization,
    long macs,
    String inputs) {

  static final int NOT_APPLICABLE = 0;

  Layer withActivation(String other) {
    return new Layer(
        block,
        kind,
        kernel,
        stride,
        dilation,
        groups,
        inputChannels,
        outputChannels,
        inputHeight,
        outputHeight,
        other,
        weights,
        normalization,
        macs,
        inputs);
  }

  /** As a sum of one value more. */
  Layer withTerm(String producer) {
    return new Layer(
        block,
        kind,
        kernel,
        stride,
        dilation,
        groups,
        inputChannels,
        outputChannels,
        inputHeight,
        outputHeight,
        activation,
        weights,
        normalization,
        macs,
        inputs + "+" + producer);
  }

  /** As a concatenation, whose inputs together have as many channels as its result. */
  Layer withJoinedInputs() {
    return new Layer(
        block,
        kind,
        kernel,
        stride,
        dilation,
        groups,
        outputChannels,
        outputChannels,
        inputHeight,
        outputHeight,
        activation,
        weights,
        normalization,
        macs,
        inputs);
  }

  /** As an argmax, whose result is one index a position. */
  Layer withIndices() {
    return new Layer(
        block,
        kind,
        kernel,
        stride,
        dilation,
        groups,
        inputChannels,
        1,
        inputHeight,
        inputHeight,
        activation,
        weights,
        normalization,
        macs,
        inputs);
  }

  /**
   * What the tables of networks with heads agree on with graphs: they name blocks in their own way,
   * call a convolution of a single position just that, and of normalisations and biases a graph
   * alone tells no more than that there is one or none.
   */
  Layer anonymous() {
    return new Layer(
        "",
        kind.equals("fc") ? "conv" : kind,
        kernel,
        stride,
        dilation,
        groups,
        inputChannels,
        outputChannels,
        inputHeight,
        outputHeight,
        activation,
        weights,
        normalization > 0 ? outputChannels : 0,
        macs,
        inputs);
  }
}
