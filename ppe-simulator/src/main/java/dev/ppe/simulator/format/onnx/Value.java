package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import java.util.Optional;

/** What a name in the file stands for. Shapes and axes are the file's. */
sealed interface Value {
  Shape shape();

  DataType type();

  Quantization quantization();

  /**
   * Stored in the model: becomes a parameter of the graph where an operator reads it.
   *
   * @param elements what is in it
   */
  record Stored(
      String name, Shape shape, DataType type, Quantization quantization, Elements elements)
      implements Value {

    /** A computed constant. */
    static Stored of(String name, Constant constant) {
      return new Stored(
          name, constant.shape(), constant.type(), Quantization.NONE, Elements.of(constant));
    }

    /** Its elements, if they are few and known. */
    Optional<Constant> constant() {
      return elements.read();
    }

    /** The same elements in another shape. */
    Stored withShape(Shape other) {
      return new Stored(
          name,
          other,
          type,
          quantization,
          Elements.of(constant().map(known -> known.with(type, other))));
    }

    Stored withType(DataType otherType, Quantization otherQuantization) {
      return new Stored(name, shape, otherType, otherQuantization, Elements.UNKNOWN);
    }
  }

  /**
   * Computed at run time.
   *
   * @param tensor where it is in the graph
   * @param order how its axes lie there
   * @param real whether the file sees the real numbers behind quantised ones here, which is so
   *     between a DequantizeLinear and the next QuantizeLinear
   */
  record Activation(
      int tensor,
      Shape shape,
      AxisOrder order,
      DataType type,
      Quantization quantization,
      boolean real)
      implements Value {

    Activation asReal(boolean isReal) {
      return new Activation(tensor, shape, order, type, quantization, isReal);
    }
  }

  /**
   * A feature map seen as a matrix of one row for each batch element. A matrix product with stored
   * weights takes it as it lies in memory, since its weights can be stored in that order; for
   * anybody else it is transposed to the file's order and reshaped.
   *
   * @param explicit whether even the matrix product gets a reshaped tensor, as the file has it
   */
  record Flattened(Activation source, Shape shape, boolean explicit) implements Value {
    @Override
    public DataType type() {
      return source.type();
    }

    @Override
    public Quantization quantization() {
      return source.quantization();
    }
  }
}
