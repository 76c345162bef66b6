package dev.ppe.simulator.compile;

/** Sees what is known after each phase: to verify it, to print it. */
@FunctionalInterface
public interface PhaseListener {
  /** Looks at nothing. */
  PhaseListener NONE = known -> {};

  /** What is known once {@link Compilation#done} has run. */
  void after(Compilation known);
}
