package dev.ppe.wire;

import dev.ppe.simulator.hardware.Accelerator;

/** Between the wire's accelerator and the domain's. */
public final class AcceleratorCodec {
  private AcceleratorCodec() {}

  /** The message of an accelerator. */
  public static dev.ppe.v1.Accelerator encode(Accelerator accelerator) {
    return AcceleratorEncoder.encode(accelerator);
  }

  /**
   * The accelerator of a message.
   *
   * @throws IllegalArgumentException naming the field and the values it may take
   */
  public static Accelerator decode(dev.ppe.v1.Accelerator message) {
    return AcceleratorDecoder.decode(message);
  }
}
