/**
 * Off-chip memory, cycle by cycle: channels, banks, row buffers and refresh.
 *
 * <p>Start at {@link dev.ppe.simulator.dram.Dram}: accesses go in, in order, and each comes back
 * with the cycle at which its last byte has moved. {@link dev.ppe.simulator.dram.DramTiming} is a
 * part's data sheet, {@link dev.ppe.simulator.dram.DramParts} the parts that come with the
 * simulator; {@link dev.ppe.simulator.dram.DramActivity} counts what there is to pay for. {@code
 * Channel} is the controller, whose events are runs of bursts within one row; {@code Recurrence}
 * lets long streams skip what repeats itself.
 *
 * <p>{@code docs/dram.md} has every rule and the source of every figure. The package depends on no
 * other of the simulator.
 */
@NullMarked
package dev.ppe.simulator.dram;

import org.jspecify.annotations.NullMarked;
