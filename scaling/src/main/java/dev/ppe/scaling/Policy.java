package dev.ppe.scaling;

/** Which of a worker's connections a request takes. */
public enum Policy {
  /** Any. */
  RANDOM("random"),

  /** The next, in an order and from a start of the worker's own: gRPC's {@code round_robin}. */
  ROUND_ROBIN("round robin"),

  /**
   * Of two drawn at random that with fewer requests of this worker under way: gRPC's {@code
   * least_request}. A worker knows nothing of the others.
   */
  LEAST_REQUEST("least request"),

  /**
   * Of two drawn at random that with the shorter queue, as a proxy knows it that all requests pass,
   * or a client whose load reports are never old.
   */
  POWER_OF_TWO("power of two"),

  /**
   * In turn, each replica as often as it can take: requests over busy time, by load reports of the
   * last seconds ({@link Weights}).
   */
  WEIGHTED("weighted round robin"),

  /** The same, but time in the queue counts as busy. */
  WEIGHTED_BY_QUEUES("weighted, queues count"),

  /** The one that {@link HashRing} names, so that a repeated request finds its answer cached. */
  HASH("hash"),

  /**
   * The one that the ring names, or the next whose queue is not longer than 1.25 times the average
   * plus one request: consistent hashing with bounded loads (Mirrokni et al., 2018).
   */
  BOUNDED_HASH("bounded hash");

  private final String label;

  Policy(String label) {
    this.label = label;
  }

  /** Whether it needs to know all replicas: a mesh. */
  boolean hashes() {
    return this == HASH || this == BOUNDED_HASH;
  }

  /** Whether it goes by load reports. */
  boolean weighs() {
    return this == WEIGHTED || this == WEIGHTED_BY_QUEUES;
  }

  /** For people. */
  public String label() {
    return label;
  }
}
