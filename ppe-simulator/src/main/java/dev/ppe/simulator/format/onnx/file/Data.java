package dev.ppe.simulator.format.onnx.file;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Where a stored tensor's elements are. */
public sealed interface Data {
  /** In the file, as the machine has them: little-endian. */
  record Raw(ByteBuffer bytes) implements Data {}

  /**
   * In the file, listed as numbers.
   *
   * @param first the first few
   * @param count how many there are
   */
  record Listed(List<Double> first, long count) implements Data {
    /** As many as are kept. */
    public static final int KEPT = 256;

    public Listed {
      first = List.copyOf(first);
    }
  }

  /**
   * In another file.
   *
   * @param location its path, from the model's folder
   * @param length how many bytes, if the file says so
   */
  record External(String location, long offset, OptionalLong length) implements Data {}
}
