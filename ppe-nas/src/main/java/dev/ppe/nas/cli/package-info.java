/**
 * The commands of {@code ppe nas}: options to values; the packages beside it do the rest.
 *
 * <p>Start at {@link dev.ppe.nas.cli.NasCommand}, which lists them.
 */
@NullMarked
package dev.ppe.nas.cli;

import org.jspecify.annotations.NullMarked;
