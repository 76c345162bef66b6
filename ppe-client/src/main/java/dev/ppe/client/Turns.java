package dev.ppe.client;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is: replicas in proportion to their weights, each one's turns as even as can be.
 *
 * <p>gRPC's static stride scheduler: all replicas are looked at one after the other, and one of a
 * weight of a third of the largest is passed over two times of three, not all of them in the same
 * round. It needs no lock and no state but the number of the look; equal weights give plain turns.
 */
final class Turns {
  /** The largest weight's. */
  private static final int MOST = 0xFFFF;

  /** How far a weight may be from the median: a mistaken report starves nobody. */
  private static final double FARTHEST = 10;

  /** How far apart replicas are alike: figures of equal ones are never quite the same. */
  private static final double ALIKE = 0.1;

  private final int[] weights;

  private Turns(int[] weights) {
    this.weights = weights;
  }

  /** Turns of so many replicas, all alike. */
  static Turns even(int replicas) {
    int[] weights = new int[replicas];
    Arrays.fill(weights, MOST);
    return new Turns(weights);
  }

  /**
   * Turns by weight. Where fewer than two are known they are even; else a replica without weight
   * gets the mean. Weights within a tenth of the median are the median: replicas alike get even
   * turns.
   *
   * @param weights positive, or {@link ReplicaWeight#UNKNOWN}
   */
  static Turns of(double[] weights) {
    double[] known =
        Arrays.stream(weights).filter(weight -> weight != ReplicaWeight.UNKNOWN).sorted().toArray();
    if (known.length < 2) {
      return even(weights.length);
    }
    double median = known[(known.length - 1) / 2];
    double[] tamed = Arrays.stream(known).map(weight -> tamed(weight, median)).toArray();
    double largest = tamed[tamed.length - 1];
    double mean = Arrays.stream(tamed).average().orElseThrow();
    return new Turns(
        Arrays.stream(weights)
            .map(weight -> weight == ReplicaWeight.UNKNOWN ? mean : tamed(weight, median))
            .mapToInt(weight -> Math.max(1, (int) Math.round(weight / largest * MOST)))
            .toArray());
  }

  private static double tamed(double weight, double median) {
    return Math.abs(weight - median) <= ALIKE * median
        ? median
        : Math.clamp(weight, median / FARTHEST, median * FARTHEST);
  }

  /** The weight of a replica, 1 to 65,535, as a share of the largest. */
  int weight(int replica) {
    return weights[replica];
  }

  /** The replica whose turn is next. */
  int next(AtomicInteger look) {
    while (true) { // ends within a round: one replica at least has the largest weight
      long number = Integer.toUnsignedLong(look.getAndIncrement());
      int replica = (int) (number % weights.length);
      long round = number / weights.length;
      long start = (long) replica * (MOST / 2); // they are not all passed over in the same rounds
      if ((weights[replica] * round + start) % MOST >= MOST - weights[replica]) {
        return replica;
      }
    }
  }
}
