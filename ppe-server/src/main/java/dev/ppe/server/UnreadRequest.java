package dev.ppe.server;

import dev.ppe.v1.EstimateRequest;
import java.util.function.Supplier;

/**
 * A request of which no more is known than it takes to let it in.
 *
 * @param heapBytes that it takes in memory, at the most, until it is answered
 * @param size what others should take as long as it
 * @param reading parses it; throws a {@link RuntimeException} if it is none
 */
record UnreadRequest(long heapBytes, SizeClass size, Supplier<EstimateRequest> reading) {}
