package dev.ppe.client;

import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.time.Duration;

/**
 * Asks for estimates. Safe for use by many threads; calls wait for the answer.
 *
 * <p>Where the work is done makes no difference to an answer: equal requests get byte-equal ones.
 * Every method fails with a {@link PpeException}, and with nothing else, for whatever may go wrong
 * with a request or on the way.
 */
public interface PpeClient extends AutoCloseable {
  /** A client that does the work in this process, and gives up on a request after the deadline. */
  static PpeClient inProcess(Duration deadline) {
    return new LocalClient(deadline);
  }

  /** A client that asks replicas in turn, unencrypted and without a token. */
  static PpeClient connect(Target target, Duration deadline) {
    return connect(target, ConnectionSecurity.PLAINTEXT, deadline);
  }

  /**
   * A client that asks replicas in turn. Nothing is connected before the first call.
   *
   * @param target where they are
   * @param security how they are spoken to
   * @param deadline how long one answer may take, further attempts included
   * @throws IllegalArgumentException if a file that {@code security} names is of no use
   */
  static PpeClient connect(Target target, ConnectionSecurity security, Duration deadline) {
    return new RemoteClient(target, security, deadline);
  }

  /** The cost of one network on one accelerator. */
  EstimateResponse estimate(EstimateRequest request);

  /** The accelerators that requests may name. */
  ListAcceleratorsResponse listAccelerators();

  /** One of them; the default one for an empty name. */
  Accelerator getAccelerator(String name);

  @Override
  void close();
}
