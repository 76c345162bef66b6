/**
 * How far the simulator can be trusted: every measured row at hand against what it says.
 *
 * <p>{@link dev.ppe.simulator.validation.Validation} runs {@link
 * dev.ppe.simulator.validation.table.Tables}: rows come from {@code data}, their networks from
 * {@code subject}, the judgement from {@code statistics}. This stands above the rest of the
 * simulator, which it uses as any caller would; nothing in the simulator knows it. It is here and
 * not in the client because a table is a matter of networks, presets and figures; how it is printed
 * is the client's.
 */
@NullMarked
package dev.ppe.simulator.validation;

import org.jspecify.annotations.NullMarked;
