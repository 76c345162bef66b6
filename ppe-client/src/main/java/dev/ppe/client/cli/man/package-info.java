/**
 * Pages for {@code man}, made of what picocli knows of the commands: the same words as {@code
 * --help} has. Start at {@link dev.ppe.client.cli.man.ManPage}.
 */
@NullMarked
package dev.ppe.client.cli.man;

import org.jspecify.annotations.NullMarked;
