package dev.ppe.simulator.format.tflite.export;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.ppe.simulator.format.export.Quantized;
import java.util.List;

/** Vectors of scalars, which are written back to front. */
final class Vectors {
  private Vectors() {}

  static int int32(FlatBufferBuilder builder, List<Integer> values) {
    builder.startVector(Integer.BYTES, values.size(), Integer.BYTES);
    for (int value : values.reversed()) {
      builder.addInt(value);
    }
    return builder.endVector();
  }

  static int scales(FlatBufferBuilder builder, Quantized quantized) {
    builder.startVector(Float.BYTES, quantized.channels(), Float.BYTES);
    for (int i = quantized.channels() - 1; i >= 0; i--) {
      builder.addFloat(quantized.scale(i));
    }
    return builder.endVector();
  }

  static int zeroPoints(FlatBufferBuilder builder, Quantized quantized) {
    builder.startVector(Long.BYTES, quantized.channels(), Long.BYTES);
    for (int i = 0; i < quantized.channels(); i++) {
      builder.addLong(quantized.zeroPoint());
    }
    return builder.endVector();
  }
}
