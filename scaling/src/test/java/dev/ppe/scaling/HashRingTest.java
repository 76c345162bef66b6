package dev.ppe.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.scaling.Scenario.Fleet;
import dev.ppe.scaling.Scenario.Traffic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashRingTest {
  private static final int NETWORKS = 200_000;

  @ParameterizedTest
  @ValueSource(ints = {4, 20, 200})
  void everyReplicaHasAboutItsShare(int replicas) {
    HashRing ring = new HashRing(replicas);
    int[] shares = new int[replicas];
    for (long network = 0; network < NETWORKS; network++) {
      shares[ring.replica(network)]++;
    }
    double fair = (double) NETWORKS / replicas;
    assertThat(Arrays.stream(shares)).allMatch(share -> share > 0.6 * fair && share < 1.4 * fair);
  }

  @Test
  void aReplicaThatLeavesTakesNothingOfTheOthersAway() {
    HashRing whole = new HashRing(20);
    HashRing without = new HashRing(20, 7);
    for (long network = 0; network < NETWORKS; network++) {
      int before = whole.replica(network);
      int after = without.replica(network);
      assertThat(after).isNotEqualTo(7);
      if (before != 7) {
        assertThat(after).isEqualTo(before);
      }
    }
  }

  @Test
  void subsetsAreNotHashedOver() {
    Fleet fleet = Fleet.mesh(10, 10, 1).subset(Subsetting.DETERMINISTIC, 5);
    Traffic traffic = new Traffic(0.5, 1, 1_000, 50, 0, 0, 1);
    assertThatThrownBy(() -> new Scenario(fleet, Policy.HASH, traffic, 10, 1))
        .hasMessage("connections is 5 of 10, must be all of them for policy hash");
  }
}
