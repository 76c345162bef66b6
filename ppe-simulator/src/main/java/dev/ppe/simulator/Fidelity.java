package dev.ppe.simulator;

/** How closely the machine is followed. */
public enum Fidelity {
  /** Every instruction of the compiled program, in integer cycles. */
  CYCLE,
  /** Closed formulas over the same mapping. */
  ANALYTICAL
}
