package dev.ppe.server;

/**
 * What a server is at and has done, for whoever shows it. Counts are since the start, everything
 * else is as of now. Parts are taken one after the other: they need not add up to the last request.
 */
public record ServerStatistics(Pool pool, Cache cache, SecondLevel secondLevel, Memo memo) {
  /**
   * Requests that wait and run.
   *
   * @param waiting requests in the queue
   * @param running workers that are busy
   * @param open requests without an answer: these, and those that wait for work that another one
   *     started or for the second level
   * @param openBytes bytes of the open ones
   * @param admitted requests that were let into the queue
   * @param refused requests that were not, or not for long
   * @param faults of the program that no request could be told of; the workers went on
   */
  public record Pool(
      int waiting,
      int running,
      int open,
      long openBytes,
      long admitted,
      Refused refused,
      long faults) {}

  /**
   * Requests that were refused because of too much to do.
   *
   * @param full for lack of room
   * @param late since they would have missed their deadline
   * @param slow since they would have waited for longer than is allowed
   * @param pushedOut in favour of clients with less
   */
  public record Refused(long full, long late, long slow, long pushedOut) {}

  /**
   * Answers that are kept.
   *
   * @param entries how many
   * @param bytes how much memory they take
   * @param requestHits requests that were answered since the same bytes came before
   * @param hits other requests whose network had its answer here
   * @param computed answers that were worked out
   * @param shared requests that got the answer which another one had started to work out
   * @param evictions answers that had to go
   */
  public record Cache(
      long entries,
      long bytes,
      long requestHits,
      long hits,
      long computed,
      long shared,
      long evictions) {
    /** No cache. */
    public static final Cache NONE = new Cache(0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * Answers that replicas share.
   *
   * @param available whether it answers, for all that is known: after failures it does not until a
   *     question has been answered again, however long nobody asks one
   * @param hits answers that were there
   * @param misses answers that were not, by what it said itself
   * @param failures questions and deposits that failed or took too long
   * @param skipped questions and deposits that were not made: after failures, beside too many
   *     others, or of large answers
   */
  public record SecondLevel(
      boolean available, long hits, long misses, long failures, long skipped) {
    /** No second level. */
    public static final SecondLevel NONE = new SecondLevel(false, 0, 0, 0, 0);
  }

  /**
   * Layers whose cut over the PEs is known.
   *
   * @param entries how many
   * @param bytes how much memory they take at the most
   * @param hits layers that were known
   * @param misses layers whose cut was searched
   * @param evictions layers that had to go
   */
  public record Memo(long entries, long bytes, long hits, long misses, long evictions) {
    /** No memo. */
    public static final Memo NONE = new Memo(0, 0, 0, 0, 0);
  }
}
