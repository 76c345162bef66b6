package dev.ppe.client.load;

import java.util.Map;

/**
 * What came of a load. Latencies count from when a request was due, not from when it was sent: one
 * that had to wait for the generator or behind a stalled server has waited (coordinated omission).
 *
 * @param seconds how long requests that count were due
 * @param due how many of them there were; each is an outcome, or {@code notSent}, or lost
 * @param outcomes by gRPC's code: latencies of the requests that ended so
 * @param firstMessages what the first failure of each code said
 * @param notSent requests that were due while as many as may be were under way
 * @param unfinished calls that were still open when the run was broken off
 * @param lateness how much later than due requests were sent: the generator's own delay
 * @param answers of all calls, those of the warm-up too
 * @param interrupted whether the run was broken off
 */
public record LoadResult(
    double seconds,
    long due,
    Map<String, Percentiles> outcomes,
    Map<String, String> firstMessages,
    long notSent,
    long unfinished,
    Percentiles lateness,
    AnswerCounts answers,
    boolean interrupted) {
  /** gRPC's name for success. */
  public static final String OK = "OK";

  public LoadResult {
    outcomes = Map.copyOf(outcomes);
    firstMessages = Map.copyOf(firstMessages);
  }

  /** Latencies of the requests that were answered. */
  public Percentiles answered() {
    return outcomes.getOrDefault(OK, Percentiles.NONE);
  }

  /** Requests that ended with anything but an answer. */
  public long failed() {
    return outcomes.values().stream().mapToLong(Percentiles::count).sum() - answered().count();
  }

  /** Answers a second. */
  public double goodput() {
    return seconds > 0 ? answered().count() / seconds : 0;
  }

  /**
   * What must never be: answers that are missing, came twice or are not the right ones.
   *
   * @param sent calls
   * @param lost calls that never ended, though their deadline is over
   * @param duplicate answers to calls that had one already
   * @param verified answers that were compared with those of this process
   * @param wrong those among them that differ
   * @param unverified answers that were to be compared and were not, as the run was broken off
   */
  public record AnswerCounts(
      long sent, long lost, long duplicate, long verified, long wrong, long unverified) {
    /** Whether none is lost, came twice or is wrong. */
    public boolean faultless() {
      return lost == 0 && duplicate == 0 && wrong == 0;
    }
  }
}
