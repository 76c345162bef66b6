/**
 * The tables: which rows, which network on which preset, which figures, which targets.
 *
 * <p>One class for each; {@link dev.ppe.simulator.validation.table.Tables} lists them, and {@link
 * dev.ppe.simulator.validation.table.TableReport} is one with its figures.
 */
@NullMarked
package dev.ppe.simulator.validation.table;

import org.jspecify.annotations.NullMarked;
