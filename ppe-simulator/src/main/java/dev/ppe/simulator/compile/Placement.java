package dev.ppe.simulator.compile;

/** What runs a node. */
public sealed interface Placement {
  /** The accelerator. */
  record OnAccelerator() implements Placement {}

  /**
   * The host.
   *
   * @param reason why not the accelerator, for people
   */
  record OnHost(String reason) implements Placement {}

  /** Whether the accelerator runs it. */
  default boolean onAccelerator() {
    return this instanceof OnAccelerator;
  }
}
