package dev.ppe.server;

import java.util.List;

/**
 * Requests that had to make way for one of a client that has less. They have left the room, and
 * their clients are to be told.
 *
 * @param jobs that they are
 * @param admission that finds the words
 * @param retryNanos after which they are worth another attempt
 */
record PushedOut(List<Job> jobs, Admission admission, long retryNanos) {
  PushedOut {
    jobs = List.copyOf(jobs);
  }

  /** Fails them. What goes wrong with one concerns neither the others nor who took its place. */
  void tell() {
    for (Job job : jobs) {
      try {
        job.pushOut(reason());
      } catch (Throwable failure) {
        RequestLog.failed("worker", failure);
      }
    }
  }

  private Throwable reason() {
    try {
      return admission.pushedOut(retryNanos);
    } catch (Throwable failure) { // no memory to say it in
      return failure;
    }
  }
}
