/** What a server counts and measures, in Prometheus's form; docs/operations.md lists it. */
@NullMarked
package dev.ppe.server.metrics;

import org.jspecify.annotations.NullMarked;
