package dev.ppe.client;

import dev.ppe.v1.EstimateRequest;

/**
 * Many requests whose outcomes come as they are ready, in any order. Safe for use by many threads.
 *
 * <p>The listener gets one outcome at a time, in threads that work on other outcomes, too, so it
 * should be quick, and hand on what takes long. It must not wait for another outcome of its stream.
 * It may send: that does not wait for room, so one request an outcome keeps the bound. It may close
 * the stream: that only ends the sending. What it throws ends nothing: the others' outcomes come,
 * and {@link #close} throws the first of it.
 */
public interface EstimateStream extends AutoCloseable {
  /**
   * Asks for one more. Waits while as many as may be are under way, but not within the listener.
   *
   * @param id the caller's own, which its outcome has as its input
   * @throws PpeException if the thread is interrupted meanwhile
   * @throws IllegalStateException after {@link #close}
   */
  void send(String id, EstimateRequest request);

  /**
   * Ends the stream and waits until the listener has had every outcome; within the listener it does
   * not wait. Throws what the listener first threw, if it did.
   *
   * @throws PpeException if the thread is interrupted meanwhile; what is under way is given up
   */
  @Override
  void close();
}
