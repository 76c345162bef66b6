package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import java.util.Optional;

/** An integer type and how its integers stand for reals. */
record QuantizedType(DataType type, Quantization quantization) {
  /** Where the scale is computed at run time. */
  private static final Quantization UNKNOWN = new Quantization.PerTensor(1, 0);

  /**
   * From the operands that ONNX has beside a quantised value.
   *
   * @param scale one, or one for each slice along {@code axis}
   * @param zeroPoint of the quantised type
   * @param otherwise the type without a zero point
   */
  static QuantizedType of(
      Optional<Stored> scale, Optional<Stored> zeroPoint, DataType otherwise, int axis) {
    DataType type = zeroPoint.map(Stored::type).orElse(otherwise);
    if (scale.isEmpty()) {
      return new QuantizedType(type, UNKNOWN);
    }
    Shape shape = scale.get().shape();
    if (shape.elements() != 1) {
      return new QuantizedType(type, new Quantization.PerChannel(axis));
    }
    long zero = zeroPoint.flatMap(Stored::constant).map(z -> (long) z.single()).orElse(0L);
    float single = scale.get().constant().map(s -> (float) s.single()).orElse(1f);
    return new QuantizedType(type, new Quantization.PerTensor(single, zero));
  }
}
