package dev.ppe.server;

import dev.ppe.server.observe.Observation;

/**
 * Who gets a job's answer or failure, and what the figures say of it. The figures come first: who
 * has the answer also finds it there. An answer that its client is not to have, or that cannot be
 * made, is a failure in both.
 */
final class ToldClient {
  /** Who gets the answer, or the failure. Neither, if the call ends before. */
  interface Client {
    /**
     * An answer is there, an EstimateResponse on the wire, and is to be sent: by what this returns.
     * Its bytes do not change any more.
     *
     * @throws RuntimeException if its client does not get it, but is told that by {@link #failed}:
     *     because it has too much else to read, say
     */
    Runnable accept(byte[] response, CacheStatus status);

    void failed(Throwable failure);
  }

  private final Client client;
  private final Observation observation;

  ToldClient(Client client, Observation observation) {
    this.client = client;
    this.observation = observation;
  }

  /** A worker takes the job after so many nanoseconds in the queue. */
  void waited(long nanos) {
    observation.waited(nanos);
  }

  /** The job was not taken in: whoever submitted it tells the client. */
  void refusedBefore(Throwable refusal) {
    observation.failed(refusal);
  }

  /** There is an answer. */
  void answer(byte[] response, CacheStatus status) {
    Runnable sending;
    try {
      sending = client.accept(response, status);
    } catch (Throwable refusal) { // or an answer that memory does not hold
      fail(refusal);
      return;
    }
    try {
      observation.answered();
    } finally {
      send(sending);
    }
  }

  private void send(Runnable sending) {
    try {
      sending.run();
    } catch (Throwable failure) {
      RequestLog.failed("Estimate", failure);
      tell(failure);
    }
  }

  /** There is none. */
  void fail(Throwable failure) {
    try {
      observation.failed(failure);
    } finally {
      tell(failure);
    }
  }

  private void tell(Throwable failure) {
    try {
      client.failed(failure);
    } catch (Throwable untold) { // its call is closed, or there is no memory for that either
      RequestLog.failed("Estimate", untold);
    }
  }
}
