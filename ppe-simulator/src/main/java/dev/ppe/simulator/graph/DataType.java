package dev.ppe.simulator.graph;

/** Element type of a tensor, with its storage size. */
public enum DataType {
  FLOAT64(64),
  FLOAT32(32),
  FLOAT16(16),
  BFLOAT16(16),
  INT4(4),
  INT8(8),
  UINT8(8),
  INT16(16),
  UINT16(16),
  INT32(32),
  UINT32(32),
  INT64(64),
  UINT64(64),
  BOOL(8),
  /**
   * Strings, resources, variants and complex numbers: kept, and never executed on an accelerator.
   */
  OPAQUE(64);

  private final int bits;

  DataType(int bits) {
    this.bits = bits;
  }

  /** Bits one element occupies. */
  public int bits() {
    return bits;
  }

  /** Bytes that {@code elements} densely packed elements occupy, rounded up to whole bytes. */
  public long bytes(long elements) {
    return Math.ceilDiv(Math.multiplyExact(elements, (long) bits), 8L);
  }

  /** Whether this is a floating-point type. */
  public boolean isFloat() {
    return switch (this) {
      case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
      case INT4, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, BOOL, OPAQUE -> false;
    };
  }
}
