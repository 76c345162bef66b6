/** The command {@code ppe serve}. */
@NullMarked
package dev.ppe.server.cli;

import org.jspecify.annotations.NullMarked;
