package dev.ppe.scaling;

import java.util.Arrays;

/**
 * Consistent hashing (Karger et al., 1997): every replica has points on a ring of hashes, and a
 * network belongs to the replica of the next point. A replica that leaves gives its networks to the
 * others, and nothing else moves.
 */
final class HashRing {
  /** Enough for the largest share to be a fifth above the average. */
  private static final int POINTS = 200;

  /** Replicas of a ring: as many as there is room for in the low bits of a point. */
  private static final int REPLICA_BITS = 20;

  /** Sorted; a hash whose low bits are the replica. */
  private final long[] points;

  /** A ring of replicas 0 to {@code replicas} - 1, up to a million. */
  HashRing(int replicas) {
    this(replicas, -1);
  }

  /** The same without one of them. */
  HashRing(int replicas, int without) {
    points = new long[POINTS * (without < 0 ? replicas : replicas - 1)];
    int next = 0;
    for (int replica = 0; replica < replicas; replica++) {
      for (int i = 0; replica != without && i < POINTS; i++) {
        long hash = mix(((long) replica << 32) + i);
        points[next++] = hash >>> REPLICA_BITS << REPLICA_BITS | replica;
      }
    }
    Arrays.sort(points);
  }

  /** The replica that a network belongs to. */
  int replica(long network) {
    return replica(place(network));
  }

  /** The point at or after a network's hash. */
  int place(long network) {
    int found = Arrays.binarySearch(points, mix(~network));
    int place = found < 0 ? -found - 1 : found;
    return place == points.length ? 0 : place;
  }

  /** The point after another one. */
  int after(int place) {
    return place + 1 == points.length ? 0 : place + 1;
  }

  /** The replica of a point. */
  int replica(int place) {
    return (int) (points[place] & ((1 << REPLICA_BITS) - 1));
  }

  /** The finaliser of SplitMix64: every bit of the number moves every bit of the hash. */
  private static long mix(long number) {
    long z = (number + 0x9e3779b97f4a7c15L);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
