package dev.ppe.simulator.report;

import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.power.PowerTrace;

/**
 * What is behind an inference's energy, and how its power goes.
 *
 * @param table name of the table of energies
 * @param tableVersion its version
 * @param actions what was done
 * @param ofNoLayer energy of inputs, outputs and instructions, and of all time that is no layer's
 * @param idleMw power with nothing to do, in milliwatts
 * @param peakMw highest average over a window of {@code peakWindowUs}
 * @param peakWindowUs a millisecond, or the whole inference where it is shorter, in microseconds
 * @param trace power over time
 */
public record PowerReport(
    String table,
    int tableVersion,
    ActionCounts actions,
    EnergyBreakdown ofNoLayer,
    double idleMw,
    double peakMw,
    double peakWindowUs,
    PowerTrace trace) {}
