package dev.ppe.simulator.format.onnx.file;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Where a stored tensor's elements are. */
public sealed interface Data {
  /** In the file, as the machine has them: little-endian. */
  record Raw(ByteBuffer bytes) implements Data {}

  /**
   * In the file, listed as numbers.
   *
   * @param numbers all of them, unless there are more than {@value #KEPT}
   * @param count how many there are
   */
  record Listed(ListedNumbers numbers, long count) implements Data {
    /** Of a longer list nothing is kept: it is no attribute. */
    public static final int KEPT = 256;

    /** Whether they are all kept. */
    public boolean isKept() {
      return numbers.count() == count;
    }

    /** The numbers, made of the file's bytes each time; none if they are not kept. */
    public double[] read() {
      return numbers.read();
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
