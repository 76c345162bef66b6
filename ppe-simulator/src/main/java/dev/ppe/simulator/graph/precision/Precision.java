package dev.ppe.simulator.graph.precision;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;

/**
 * The numbers a network is costed with. Candidates of a search arrive as float and run as something
 * narrower; converting them takes training data and minutes, and changes costs in a way that needs
 * neither.
 *
 * <p>Whatever the precision: integers that are quantised already and plain integers (token ids,
 * indices, masks) stay as they are; shapes, multiply-accumulates and counts of parameters never
 * change; a graph without floating-point numbers is returned as it is.
 */
public enum Precision {
  /** As the model has it. */
  STORED,

  /**
   * Full integer quantisation, as TensorFlow Lite does it after training with integer inputs and
   * outputs ("Post-training integer quantization" and "8-bit quantization specification",
   * tensorflow.org/lite): int8 activations with one scale; int8 weights with a scale for each
   * output channel; int32 biases, in the scale of the products they are added to; LSTMs with 16-bit
   * cell states, peepholes and normalisation. Operators that the specification has no kernel for
   * (square roots, sines) are taken to exist in int8 too: they run on the host in any case.
   */
  INT8,

  /**
   * Every real is a bfloat16, biases and states included: what PyTorch's {@code Module.bfloat16()}
   * and Keras' dtype policy {@code "bfloat16"} do. Accumulators are wider, but nothing stores them.
   */
  BF16;

  /**
   * The network in these numbers.
   *
   * @param graph a verified graph
   * @return a verified graph; {@code graph} itself if nothing is to be converted
   */
  public Graph applyTo(Graph graph) {
    return applyTo(graph, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public Graph applyTo(Graph graph, Interruption interruption) {
    return switch (this) {
      case STORED -> graph;
      case INT8 -> Conversion.of(graph, NumberFormat.INT8, interruption);
      case BF16 -> Conversion.of(graph, NumberFormat.BF16, interruption);
    };
  }

  /** How many operators of {@code graph} compute with other quantised integers, and stay so. */
  public int alreadyQuantized(Graph graph) {
    return switch (this) {
      case STORED -> 0;
      case INT8 -> NumberFormat.INT8.alreadyQuantized(graph);
      case BF16 -> NumberFormat.BF16.alreadyQuantized(graph);
    };
  }
}
