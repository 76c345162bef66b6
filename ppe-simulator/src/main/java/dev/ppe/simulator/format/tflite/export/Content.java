package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.export.WeightData;
import java.nio.ByteBuffer;
import java.util.List;

/** What a tensor's buffer holds. Equal contents are stored once. */
sealed interface Content {
  /** Nothing: the tensor is computed. */
  record None() implements Content {}

  /** So many zero bytes. */
  record Zeros(int bytes) implements Content {}

  /** 32-bit integers: an operand that is an attribute. */
  record Integers(List<Integer> values) implements Content {}

  /** One byte, or one float. */
  record Scalar(ByteBuffer value) implements Content {}

  /** The data of a tensor of the graph. */
  record Drawn(WeightData data, int tensor, int bytes) implements Content {}

  default int bytes() {
    return switch (this) {
      case None none -> 0;
      case Zeros zeros -> zeros.bytes;
      case Integers integers -> Integer.BYTES * integers.values.size();
      case Scalar scalar -> scalar.value.remaining();
      case Drawn drawn -> drawn.bytes;
    };
  }

  default void put(ByteBuffer target) {
    switch (this) {
      case None none -> {}
      case Zeros zeros -> target.put(new byte[zeros.bytes]);
      case Integers integers -> integers.values.forEach(target::putInt);
      case Scalar scalar -> target.put(scalar.value.duplicate());
      case Drawn drawn -> drawn.data.fill(drawn.tensor, target);
    }
  }
}
