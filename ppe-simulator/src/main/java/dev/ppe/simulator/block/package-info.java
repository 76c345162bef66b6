/**
 * The blocks of the hardware, one class each, under their own names: what they are asked is a job
 * of {@code dev.ppe.simulator.job}, and what they answer is how long it takes them.
 *
 * <p>{@link dev.ppe.simulator.block.ProcessingElement} holds what is in a PE: {@link
 * dev.ppe.simulator.block.SimdCore} or {@link dev.ppe.simulator.block.SystolicArray}, {@link
 * dev.ppe.simulator.block.VectorUnit}, {@link dev.ppe.simulator.block.PeMemoryPorts}, {@link
 * dev.ppe.simulator.block.CoreMemory} and the link of the {@link
 * dev.ppe.simulator.block.PeNetwork}; {@link dev.ppe.simulator.block.PeArray} is all of them in
 * step, {@link dev.ppe.simulator.block.PeMemoryBanks} included. Around them are {@link
 * dev.ppe.simulator.block.HostProcessor}, {@link dev.ppe.simulator.block.HostLink} and {@link
 * dev.ppe.simulator.block.DramPort}. The compiler asks them when it looks for the best cut, and the
 * machine when it runs what came of it.
 */
@NullMarked
package dev.ppe.simulator.block;

import org.jspecify.annotations.NullMarked;
