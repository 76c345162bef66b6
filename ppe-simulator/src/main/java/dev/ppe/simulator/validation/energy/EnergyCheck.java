package dev.ppe.simulator.validation.energy;

/** Something that energies should show. */
interface EnergyCheck {
  /** Tries it out: some seconds' work at most. */
  EnergyFinding examine();
}
