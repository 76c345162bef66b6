package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose turn it is, by weights. */
class TurnsTest {
  private static final double NONE = ReplicaWeight.UNKNOWN;

  private static List<Integer> first(int count, Turns turns, int start) {
    AtomicInteger look = new AtomicInteger(start);
    return IntStream.range(0, count).mapToObj(i -> turns.next(look)).toList();
  }

  private static int[] counts(int count, double... weights) {
    int[] counts = new int[weights.length];
    first(count, Turns.of(weights), 0).forEach(replica -> counts[replica]++);
    return counts;
  }

  /** Which turns replicas get of as many as there are of them, give or take one. */
  private static void assertTurns(List<Integer> turns, double... weights) {
    int[] counts = counts(turns.stream().mapToInt(count -> count).sum(), weights);
    for (int i = 0; i < counts.length; i++) {
      assertThat(counts[i]).as("of replica %d", i).isCloseTo(turns.get(i), within(1));
    }
  }

  @Test
  void equalWeightsGivePlainTurns() {
    assertThat(first(7, Turns.even(3), 0)).containsExactly(0, 1, 2, 0, 1, 2, 0);
    assertThat(first(7, Turns.of(new double[] {5, 5, 5}), 1)).containsExactly(1, 2, 0, 1, 2, 0, 1);
  }

  @Test
  void turnsAreAsWeights() {
    assertTurns(List.of(400, 200, 100), 40, 20, 10);
  }

  @Test
  void aHeavyReplicasTurnsAreSpread() {
    List<Integer> turns = first(400, Turns.of(new double[] {3, 1}), 0);
    List<Integer> ofTheLight =
        IntStream.range(0, turns.size()).filter(i -> turns.get(i) == 1).boxed().toList();
    for (int i = 1; i < ofTheLight.size(); i++) {
      assertThat(ofTheLight.get(i) - ofTheLight.get(i - 1)).isBetween(3, 5);
    }
  }

  @Test
  void aReplicaWithoutWeightGetsTheMean() {
    assertTurns(List.of(400, 133, 267), 30, 10, NONE);
  }

  @Test
  void oneWeightAloneSaysNothing() {
    assertTurns(List.of(100, 100, 100), 1000, NONE, NONE);
    assertTurns(List.of(100, 100, 100), NONE, NONE, NONE);
  }

  @Test
  void noWeightIsFartherThanTenTimesFromTheMedian() {
    assertTurns(List.of(100, 1000, 100), 1, 1e12, 1);
    assertTurns(List.of(1000, 100, 1000), 1e12, 1, 1e12);
    assertTurns(List.of(100, 1000), 1e-9, 1);
  }

  @Test
  void replicasAlikeGetEvenTurns() {
    assertThat(first(6, Turns.of(new double[] {95, 100, 109}), 0))
        .containsExactly(0, 1, 2, 0, 1, 2);
    assertTurns(List.of(400, 400, 200), 95, 100, 47.5); // the median is 95
  }

  @Test
  void oneReplicaHasAllTurns() {
    assertTurns(List.of(5), 3);
  }

  @Test
  void theCountOfLooksMayOverflow() {
    assertThat(first(6, Turns.even(2), Integer.MAX_VALUE - 2)).containsExactly(1, 0, 1, 0, 1, 0);
    assertThat(first(4, Turns.even(2), -2)).containsExactly(0, 1, 0, 1);
  }

  @Test
  void anyWeightsGiveTurnsInTheirProportion() {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      // all but the last far enough from the median, which it is
      double[] weights = random.doubles(2 * random.nextInt(10) + 1, 1.2, 4).toArray();
      for (int i = 0; i < weights.length / 2; i++) {
        weights[i] = 1 / weights[i];
      }
      weights[weights.length - 1] = 1;
      double sum = IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
      int[] counts = counts(20_000, weights);
      for (int i = 0; i < weights.length; i++) {
        assertThat(counts[i] / 20_000.0).isCloseTo(weights[i] / sum, within(0.002));
      }
    }
  }

  @Test
  void everyThreadGetsItsTurn() {
    AtomicInteger look = new AtomicInteger();
    Turns turns = Turns.of(new double[] {3, 1});
    List<Integer> all =
        IntStream.range(0, 4000).parallel().mapToObj(i -> turns.next(look)).toList();
    assertThat(Collections.frequency(all, 0)).isCloseTo(3000, within(1));
  }
}
