package dev.ppe.simulator;

/** The version of the models, part of every answer: it changes whenever any figure may. */
public final class SimulatorVersion {
  /** This one. */
  public static final String CURRENT = "0.1.0";

  private SimulatorVersion() {}
}
