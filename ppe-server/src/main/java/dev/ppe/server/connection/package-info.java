/**
 * Who may connect: {@link dev.ppe.server.connection.ConnectionLimits} decides, {@link
 * dev.ppe.server.connection.Doorkeeper} turns others away as they come, before anything is set up
 * for them, on the threads of {@link dev.ppe.server.connection.NetworkThreads}.
 */
@NullMarked
package dev.ppe.server.connection;

import org.jspecify.annotations.NullMarked;
