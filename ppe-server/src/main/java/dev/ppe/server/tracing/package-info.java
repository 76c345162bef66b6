/** OpenTelemetry traces of calls and requests, where they are asked for. */
@NullMarked
package dev.ppe.server.tracing;

import org.jspecify.annotations.NullMarked;
