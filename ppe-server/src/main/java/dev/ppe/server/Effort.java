package dev.ppe.server;

/**
 * How long workers are at one request, which may take several turns of them. {@link ServiceTimes}
 * learns of it once: when the request has come to its end, and the last turn for it too.
 *
 * <p>What an answer took counts as it is. What was spent on a request without one counts if it is
 * more than was expected: it might have taken less than an answer, and never took more.
 *
 * <p>Times are in nanoseconds. Not safe for use by several threads.
 */
final class Effort {
  /** So many times as long must workers be busy as a request takes that passes them. */
  private static final int MUCH_LONGER = 4;

  private enum End {
    OPEN,
    ANSWERED,
    WITHOUT_ANSWER
  }

  private final SizeClass size;
  private final long expected;
  private final boolean known;
  private final long arrived;
  private long spent;
  private boolean atWork;
  private End end = End.OPEN;

  /**
   * A request that is let in.
   *
   * @param expected what it is expected to take
   * @param known whether that is what others of its size have taken
   * @param arrived when it was
   */
  Effort(SizeClass size, long expected, boolean known, long arrived) {
    this.size = size;
    this.expected = expected;
    this.known = known;
    this.arrived = arrived;
  }

  /** Work that goes on though the request that it was for has come to its end. */
  static Effort forOthers(SizeClass size, long expected) {
    Effort effort = new Effort(size, expected, false, 0);
    effort.end = End.WITHOUT_ANSWER;
    return effort;
  }

  long expected() {
    return expected;
  }

  /** Whether it is short beside so much time, and that is more than a guess. */
  boolean isShortBeside(long nanos) {
    return known && MUCH_LONGER * left() <= nanos;
  }

  /** How long it is expected to take from now on. */
  long left() {
    return Math.max(0, expected - spent);
  }

  /** How long it had waited when it was {@code now}. */
  long waited(long now) {
    return now - arrived;
  }

  /** A worker begins a turn. */
  void turnBegins() {
    atWork = true;
  }

  /** The worker was at it for so long. */
  void turnEnds(long nanos, ServiceTimes times) {
    atWork = false;
    spent += nanos;
    tell(times);
  }

  /** The request has its answer, or will have none. */
  void over(boolean answered, ServiceTimes times) {
    end = answered ? End.ANSWERED : End.WITHOUT_ANSWER;
    tell(times);
  }

  private void tell(ServiceTimes times) {
    if (!atWork) {
      switch (end) {
        case OPEN -> {} // there is more to come
        case ANSWERED -> times.observed(size, spent);
        case WITHOUT_ANSWER -> times.tookMoreThan(size, spent);
      }
    }
  }
}
