package dev.ppe.simulator.calibration;

import java.util.Arrays;
import java.util.Optional;

/**
 * A constant of an accelerator that may be fitted. Of latencies each is the time of something, or a
 * rate whose inverse is: they are nearly linear in those times. Of energies it is a factor of what
 * the tables say, in which they are linear.
 */
public enum Parameter {
  /** Driver, doorbell and completion. */
  INVOCATION("invocation.overhead_ns", Kind.DURATION),
  /** What every layer costs. */
  LAYER("invocation.layer_overhead_ns", Kind.DURATION),
  /** The link towards the accelerator: inputs, instructions, parameters that are streamed. */
  TO_DEVICE("host_link.to_device_bytes_per_second", Kind.RATE),
  /** The link back: outputs. */
  FROM_DEVICE("host_link.from_device_bytes_per_second", Kind.RATE),
  /** Off-chip memory. */
  DRAM("dram.bytes_per_second", Kind.RATE),
  /** Everything on the chip. */
  CLOCK("clock_hz", Kind.CLOCK),
  /** The energy of everything that is done. */
  DYNAMIC_ENERGY("energy_scale.dynamic_permille", Kind.FACTOR),
  /** Leakage and clock, busy or idle. */
  STATIC_ENERGY("energy_scale.static_permille", Kind.FACTOR);

  /** What a constant is. */
  public enum Kind {
    /** Nanoseconds. */
    DURATION,
    /** Bytes per second. */
    RATE,
    /** Cycles per second. */
    CLOCK,
    /** Thousandths of what an energy table says. */
    FACTOR
  }

  private final String path;
  private final Kind kind;

  Parameter(String path, Kind kind) {
    this.path = path;
    this.kind = kind;
  }

  /** Its place in an accelerator's file, such as {@code invocation.overhead_ns}. */
  public String path() {
    return path;
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** What tells of it. */
  public Quantity quantity() {
    return kind == Kind.FACTOR ? Quantity.ENERGY : Quantity.LATENCY;
  }

  /** The one at a place in an accelerator's file. */
  public static Optional<Parameter> find(String path) {
    return Arrays.stream(values()).filter(parameter -> parameter.path.equals(path)).findFirst();
  }
}
