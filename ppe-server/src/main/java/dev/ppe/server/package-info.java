/**
 * The evaluation service behind gRPC.
 *
 * <p>{@link dev.ppe.server.PpeServer} starts and stops it. A request passes {@code OpenCalls} (no
 * new ones while shutting down), {@code CallGuard} (every failure becomes a status), {@code
 * DecodedRequests} (bytes become messages) and {@code EstimationService}, waits in {@code
 * SimulationPool} and is answered by an {@link dev.ppe.wire.Estimator} on one of its threads.
 */
@NullMarked
package dev.ppe.server;

import org.jspecify.annotations.NullMarked;
