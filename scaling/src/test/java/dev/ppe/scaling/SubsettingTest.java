package dev.ppe.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.scaling.Scenario.Fleet;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SubsettingTest {
  private static int[] connectionsOfReplicas(Fleet fleet) {
    int[] counts = new int[fleet.replicas()];
    for (int[] subset : fleet.subsetting().of(fleet, new SplittableRandom(3))) {
      for (int replica : subset) {
        counts[replica]++;
      }
    }
    return counts;
  }

  @ParameterizedTest
  @EnumSource
  void noWorkerConnectsTwiceToOneReplica(Subsetting kind) {
    Fleet fleet = Fleet.mesh(100, 30, 1).subset(kind, 7);
    for (int[] subset : kind.of(fleet, new SplittableRandom(3))) {
      assertThat(Arrays.stream(subset).distinct().count()).isEqualTo(7);
      assertThat(Arrays.stream(subset)).allMatch(replica -> replica >= 0 && replica < 30);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 200, 20", "10000, 2000, 50", "600, 60, 6"})
  void cutSubsetsAreEven(int workers, int replicas, int size) {
    int[] counts =
        connectionsOfReplicas(
            Fleet.mesh(workers, replicas, 1).subset(Subsetting.DETERMINISTIC, size));
    assertThat(counts).containsOnly(workers * size / replicas);
  }

  @ParameterizedTest
  @CsvSource({"1000, 200, 20", "10000, 2000, 50"})
  void drawnSubsetsAreNot(int workers, int replicas, int size) {
    int[] counts =
        connectionsOfReplicas(Fleet.mesh(workers, replicas, 1).subset(Subsetting.RANDOM, size));
    double mean = (double) workers * size / replicas;
    assertThat(Arrays.stream(counts).max().orElseThrow()).isGreaterThan((int) (1.15 * mean));
    assertThat(Arrays.stream(counts).sum()).isEqualTo(workers * size);
  }
}
