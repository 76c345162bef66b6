/**
 * The measured figures: CSV files that come with the simulator, and more of them from a folder.
 *
 * <p>Start at {@link dev.ppe.simulator.validation.data.Datasets}. Every field is checked when it is
 * read, with file, line and column, so that nothing after has to.
 */
@NullMarked
package dev.ppe.simulator.validation.data;

import org.jspecify.annotations.NullMarked;
