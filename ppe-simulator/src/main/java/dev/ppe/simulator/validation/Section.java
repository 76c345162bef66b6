package dev.ppe.simulator.validation;

import dev.ppe.simulator.validation.claim.Claims;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.energy.EnergyChecks;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.Fits;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierReport;
import java.util.List;

/** A part of a validation report. */
public sealed interface Section {
  /** How the command line calls it. */
  String id();

  /** Whether all that it sets as a target is met. */
  boolean met();

  /** Measured rows against the cycle level. */
  record Measured(TableReport table) implements Section {
    @Override
    public String id() {
      return table.table().id();
    }

    @Override
    public boolean met() {
      return table.met();
    }
  }

  /** Fitted constants; the target is that the presets have what the rows give. */
  record Fitted(List<FitOutcome> outcomes) implements Section {
    public Fitted {
      outcomes = List.copyOf(outcomes);
    }

    @Override
    public String id() {
      return Fits.ID;
    }

    @Override
    public boolean met() {
      return outcomes.stream().allMatch(FitOutcome::agrees);
    }
  }

  /** What the model says of claims, none of which is a target. */
  record Claimed(List<Finding> findings) implements Section {
    public Claimed {
      findings = List.copyOf(findings);
    }

    @Override
    public String id() {
      return Claims.ID;
    }

    @Override
    public boolean met() {
      return true;
    }
  }

  /** The analytical fidelity against the cycle level. */
  record Tiers(TierReport report) implements Section {
    @Override
    public String id() {
      return TierComparison.ID;
    }

    @Override
    public boolean met() {
      return report.met();
    }
  }

  /** Energies against bounds and trends. */
  record Energy(List<EnergyFinding> findings) implements Section {
    public Energy {
      findings = List.copyOf(findings);
    }

    @Override
    public String id() {
      return EnergyChecks.ID;
    }

    @Override
    public boolean met() {
      return findings.stream().allMatch(EnergyFinding::holds);
    }
  }
}
