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

  /** What training adjusts. */
  long trainable() {
    return weights + normalization;
  }

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
}
