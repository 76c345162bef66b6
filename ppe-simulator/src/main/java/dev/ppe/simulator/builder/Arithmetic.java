package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;

/**
 * The numbers a network computes with.
 *
 * <p>Nothing here is trained, so no tensor has a range of its own: quantised ones are taken to span
 * [-1, 1), and scales cost nothing anyway.
 */
public enum Arithmetic {
  /**
   * Full integer quantisation as TensorFlow Lite specifies it: int8 activations with one scale,
   * int8 weights with a scale per output channel, int32 biases.
   */
  INT8(DataType.INT8, DataType.INT32),
  /** Single precision throughout. */
  FLOAT32(DataType.FLOAT32, DataType.FLOAT32);

  private static final Quantization UNIT_RANGE = new Quantization.PerTensor(1f / 128, 0);

  private final DataType type;
  private final DataType biasType;

  Arithmetic(DataType type, DataType biasType) {
    this.type = type;
    this.biasType = biasType;
  }

  /** Element type of activations and weights. */
  public DataType type() {
    return type;
  }

  /** Element type of biases, which accumulators start from. */
  public DataType biasType() {
    return biasType;
  }

  Tensor weights(String name, Shape shape, int channelAxis) {
    return Tensor.parameter(name, shape, type).withType(type, perChannel(channelAxis));
  }

  Tensor bias(String name, int channels) {
    return Tensor.parameter(name, Shape.of(channels), biasType).withType(biasType, perChannel(0));
  }

  Tensor parameter(String name, Shape shape) {
    return Tensor.parameter(name, shape, type).withType(type, perTensor(type));
  }

  private Quantization perChannel(int axis) {
    return this == INT8 ? new Quantization.PerChannel(axis) : Quantization.NONE;
  }

  static Tensor activation(String name, Shape shape, DataType type) {
    return Tensor.activation(name, shape, type).withType(type, perTensor(type));
  }

  private static Quantization perTensor(DataType type) {
    return type == DataType.INT8 ? UNIT_RANGE : Quantization.NONE;
  }
}
