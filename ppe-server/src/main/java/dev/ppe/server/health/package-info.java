/** Whether a server is ready, and what it does before it is. */
@NullMarked
package dev.ppe.server.health;

import org.jspecify.annotations.NullMarked;
