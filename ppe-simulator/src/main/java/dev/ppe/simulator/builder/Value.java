package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;

/**
 * A tensor of a network under construction: what one layer gives and the next takes. Values come
 * from a {@link GraphBuilder} and belong to its graph.
 */
public final class Value {
  private final GraphAssembly graph;
  private final int index;
  private final Tensor tensor;

  Value(GraphAssembly graph, int index, Tensor tensor) {
    this.graph = graph;
    this.index = index;
    this.tensor = tensor;
  }

  boolean belongsTo(GraphAssembly other) {
    return graph == other;
  }

  int index() {
    return index;
  }

  /** The name of the layer, input or parameter it comes from. */
  public String name() {
    return tensor.name();
  }

  /** Its dimensions, NHWC for feature maps. */
  public Shape shape() {
    return tensor.shape();
  }

  /** Its element type. */
  public DataType type() {
    return tensor.type();
  }

  /** Whether it is a feature map [N, H, W, C]. */
  public boolean isFeatureMap() {
    return shape().rank() == 4;
  }

  /**
   * Rows of a feature map.
   *
   * @throws IllegalArgumentException if it is none
   */
  public int height() {
    return featureMap().dim(1);
  }

  /** Columns of a feature map; errors as {@link #height}. */
  public int width() {
    return featureMap().dim(2);
  }

  /** The innermost dimension: channels of a feature map, features of a matrix. */
  public int channels() {
    return shape().innermost();
  }

  private Shape featureMap() {
    if (!isFeatureMap()) {
      throw new IllegalArgumentException(this + " is no feature map [N, H, W, C]");
    }
    return shape();
  }

  /** For example {@code "g1b0/conv3x3" 1x56x56x192}. */
  @Override
  public String toString() {
    return "\"%s\" %s".formatted(name(), shape());
  }
}
