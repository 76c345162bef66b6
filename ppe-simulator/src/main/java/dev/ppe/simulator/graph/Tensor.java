package dev.ppe.simulator.graph;

/**
 * A tensor of a graph.
 *
 * @param name for people; need not be unique, may be empty
 * @param shape dimensions, NHWC for feature maps
 * @param type element type
 * @param quantization how integers stand for reals
 * @param role where its value comes from
 */
public record Tensor(
    String name, Shape shape, DataType type, Quantization quantization, Role role) {

  /** Where a tensor's value comes from. */
  public enum Role {
    /** A graph input or a node's result. */
    ACTIVATION,
    /** Stored in the model: weights, biases, tables. */
    PARAMETER,
    /** Kept from one inference to the next: the state of a recurrent operator. */
    STATE
  }

  /** An activation without quantisation parameters. */
  public static Tensor activation(String name, Shape shape, DataType type) {
    return new Tensor(name, shape, type, Quantization.NONE, Role.ACTIVATION);
  }

  /** A stored parameter without quantisation parameters. */
  public static Tensor parameter(String name, Shape shape, DataType type) {
    return new Tensor(name, shape, type, Quantization.NONE, Role.PARAMETER);
  }

  /** Whether its value is stored in the model. */
  public boolean isParameter() {
    return role == Role.PARAMETER;
  }

  /** Bytes of the densely packed tensor. */
  public long bytes() {
    return type.bytes(shape.elements());
  }

  /** This tensor with another shape. */
  public Tensor withShape(Shape other) {
    return new Tensor(name, other, type, quantization, role);
  }

  /** This tensor with another element type and quantisation. */
  public Tensor withType(DataType otherType, Quantization otherQuantization) {
    return new Tensor(name, shape, otherType, otherQuantization, role);
  }
}
