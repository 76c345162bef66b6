/**
 * The client library: one call, in this process or to one of many replicas.
 *
 * <p>Start at {@link dev.ppe.client.PpeClient}. Both back-ends give byte-equal answers and fail
 * with the same {@link dev.ppe.client.PpeException}.
 */
@NullMarked
package dev.ppe.client;

import org.jspecify.annotations.NullMarked;
