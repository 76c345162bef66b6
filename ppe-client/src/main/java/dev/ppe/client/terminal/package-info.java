/**
 * What every command line of the project needs to speak with people: whether there are any, a line
 * that changes, and what they may have meant.
 */
@NullMarked
package dev.ppe.client.terminal;

import org.jspecify.annotations.NullMarked;
