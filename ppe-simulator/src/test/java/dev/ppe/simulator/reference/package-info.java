/**
 * Machines that move every operand: register by register, byte by byte, on real numbers. They share
 * nothing with the blocks' formulas but the description of the cores; what those compute in closed
 * form must come out here as the count of clock edges, and the sums must be right.
 */
@NullMarked
package dev.ppe.simulator.reference;

import org.jspecify.annotations.NullMarked;
