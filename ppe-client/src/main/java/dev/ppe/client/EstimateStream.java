package dev.ppe.client;

import dev.ppe.v1.EstimateRequest;

/**
 * Many requests whose outcomes come as they are ready, in any order. Safe for use by many threads.
 */
public interface EstimateStream extends AutoCloseable {
  /**
   * Asks for one more. Waits while as many as may be are under way.
   *
   * @param id the caller's own, which its outcome has as its input
   * @throws PpeException if the thread is interrupted meanwhile
   * @throws IllegalStateException after {@link #close}
   */
  void send(String id, EstimateRequest request);

  /**
   * Waits until every request has its outcome, and ends the stream.
   *
   * @throws PpeException if the thread is interrupted meanwhile; what is under way is given up
   */
  @Override
  void close();
}
