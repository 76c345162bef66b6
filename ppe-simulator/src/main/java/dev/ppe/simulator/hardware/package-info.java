/**
 * The accelerator as data: one template, a record per hardware block in a file of its own, and the
 * presets.
 *
 * <p>Start at {@link dev.ppe.simulator.hardware.Accelerator}. Sizes, widths and rates of the
 * presets stand in YAML beside this package, each with its source; nothing here knows a particular
 * chip. The facts are collected in {@code docs/machine-model.md}.
 */
@NullMarked
package dev.ppe.simulator.hardware;

import org.jspecify.annotations.NullMarked;
