package dev.ppe.server.observe;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Status;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A request that is over. Names that the client sent are cut to a length, and else as they came:
 * making them printable is for those who print.
 *
 * @param id the request's, which the client knows from metadata
 * @param method the method's name, without the service's
 * @param client who asked
 * @param task what was asked for
 * @param code how it ended
 * @param start when it came: a call's only one with the call, one of a stream's as it was read
 * @param nanos how long it took from then to its end
 * @param waited how much of that it was in the queue, in nanoseconds, if a worker took it
 */
public record RequestRecord(
    String id,
    String method,
    ClientIdentity client,
    Task task,
    Status.Code code,
    Instant start,
    long nanos,
    OptionalLong waited) {

  /**
   * What was asked for.
   *
   * @param model the network's name
   * @param accelerator the accelerator's
   * @param fidelity cycle or analytical, invalid for a value that is neither, and none for a
   *     request that is not for an estimate or was refused before it was read
   * @param form how the network was given
   * @param bytes the request's size
   */
  public record Task(String model, String accelerator, String fidelity, String form, int bytes) {
    /** Not an estimate, or refused before it was read. */
    public static final Task NONE = new Task("", "", "none", "", 0);
  }

  /** Whether it is known for which estimate it is. */
  public boolean isEstimate() {
    return !task.equals(Task.NONE);
  }
}
