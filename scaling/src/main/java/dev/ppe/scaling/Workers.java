package dev.ppe.scaling;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Those who ask: each has connections to some replicas and knows what is under way on them. A
 * connection is a number: worker * connections + place in the worker's list.
 */
final class Workers {
  private static final double BOUND = 1.25;

  private final Policy policy;
  private final Replicas replicas;
  private final SplittableRandom random;
  private final int[][] subsets;
  private final int connections;
  private final int[] turns;
  private final short[] underWay;
  private final Weights weights;

  /** Of a mesh, in which places are replicas, where the policy hashes. */
  private final Optional<HashRing> ring;

  Workers(Scenario scenario, Replicas replicas, SplittableRandom random) {
    this.policy = scenario.policy();
    this.replicas = replicas;
    this.random = random;
    this.connections = scenario.fleet().connections();
    this.subsets = scenario.fleet().subsetting().of(scenario.fleet(), random);
    this.turns = new int[subsets.length];
    for (int worker = 0; worker < turns.length; worker++) {
      turns[worker] = random.nextInt(connections);
    }
    this.ring = policy.hashes() ? Optional.of(new HashRing(connections)) : Optional.empty();
    this.weights = new Weights(replicas, policy == Policy.WEIGHTED_BY_QUEUES);
    this.underWay = new short[Math.multiplyExact(subsets.length, connections)];
  }

  int count() {
    return subsets.length;
  }

  /** The connection that a worker's request for a network takes. */
  int send(int worker, long network, long now) {
    if (policy.weighs()) {
      weights.advance(now);
    }
    int connection = worker * connections + place(worker, network);
    underWay[connection]++;
    return connection;
  }

  /** The answer has come. */
  void done(int connection) {
    underWay[connection]--;
  }

  int replica(int connection) {
    return subsets[connection / connections][connection % connections];
  }

  /** Connections of each replica. */
  int[] connectionsOfReplicas(int count) {
    int[] counts = new int[count];
    for (int[] subset : subsets) {
      for (int replica : subset) {
        counts[replica]++;
      }
    }
    return counts;
  }

  private int place(int worker, long network) {
    return switch (policy) {
      case RANDOM -> random.nextInt(connections);
      case ROUND_ROBIN -> {
        turns[worker] = (turns[worker] + 1) % connections;
        yield turns[worker];
      }
      case LEAST_REQUEST -> {
        int one = random.nextInt(connections);
        int two = random.nextInt(connections);
        int first = worker * connections;
        yield underWay[first + two] < underWay[first + one] ? two : one;
      }
      case POWER_OF_TWO -> {
        int one = random.nextInt(connections);
        int two = random.nextInt(connections);
        yield queue(worker, two) < queue(worker, one) ? two : one;
      }
      case WEIGHTED, WEIGHTED_BY_QUEUES -> weighted(worker);
      case HASH -> ring.orElseThrow().replica(network);
      case BOUNDED_HASH -> bounded(ring.orElseThrow(), network);
    };
  }

  /** gRPC's static stride scheduler: a light replica is passed over in most rounds. */
  private int weighted(int worker) {
    while (true) {
      turns[worker]++;
      int place = turns[worker] % connections;
      int round = turns[worker] / connections;
      if (weights.hasTurn(subsets[worker][place], place, round)) {
        return place;
      }
    }
  }

  private int queue(int worker, int place) {
    return replicas.queue(subsets[worker][place]);
  }

  /** The next replica on the ring whose queue is short enough; after a whole turn, its own. */
  private int bounded(HashRing ring, long network) {
    double most = BOUND * replicas.averageQueue() + 1;
    int own = ring.place(network);
    int place = own;
    while (replicas.queue(ring.replica(place)) >= most) {
      place = ring.after(place);
      if (place == own) {
        break;
      }
    }
    return ring.replica(place);
  }
}
