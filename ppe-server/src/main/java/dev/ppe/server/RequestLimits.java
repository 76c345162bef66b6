package dev.ppe.server;

import dev.ppe.simulator.graph.GraphLimits;

/**
 * How large a request may be before it is read.
 *
 * @param graph how large the network in a model file may be
 * @param mostBytes of memory that it may take, as {@link WeighedRequests} reckon it
 */
record RequestLimits(GraphLimits graph, long mostBytes) {
  /**
   * What one request may take of the heap: the largest one that is taken is the only one of its
   * size, and cache, answers and others' requests have their parts besides.
   */
  private static final int OF_THE_HEAP = 4;

  /** As configured; what one alone may take does not shrink with what all together may. */
  static RequestLimits of(ServerConfig config) {
    long share = Runtime.getRuntime().maxMemory() / OF_THE_HEAP;
    return new RequestLimits(config.graph(), Math.max(config.maxPendingBytes(), share));
  }
}
