/**
 * The command line: {@code ppe}.
 *
 * <p>Start at {@link dev.ppe.client.cli.Main}. A command is a class with picocli's annotation that
 * a jar offers as {@code java.util.concurrent.Callable} to {@link java.util.ServiceLoader}; so
 * modules that this one does not know add theirs.
 */
@NullMarked
package dev.ppe.client.cli;

import org.jspecify.annotations.NullMarked;
