package dev.ppe.scaling;

/**
 * What is simulated.
 *
 * @param fleet who asks whom
 * @param policy which connection a request takes
 * @param traffic what is asked
 * @param requests how many requests; the first tenth is not measured
 * @param seed of everything random: the same scenario gives the same result
 */
public record Scenario(Fleet fleet, Policy policy, Traffic traffic, long requests, long seed) {
  public Scenario {
    if (policy.hashes() && fleet.connections() != fleet.replicas()) {
      throw new IllegalArgumentException(
          "connections is %d of %d, must be all of them for policy %s"
              .formatted(fleet.connections(), fleet.replicas(), policy.label()));
    }
  }

  /**
   * Workers, replicas and the connections between them.
   *
   * @param workers processes that ask, each with a view of its own
   * @param replicas servers
   * @param cores threads of each server that simulate, fed by one queue in the order of arrival
   * @param subsetting how a worker chooses whom to connect to
   * @param connections of each worker, 1 to {@code replicas}
   * @param slow how many of the servers take twice as long, 0 to {@code replicas}
   */
  public record Fleet(
      int workers, int replicas, int cores, Subsetting subsetting, int connections, int slow) {
    public Fleet {
      require(workers >= 1, "workers", workers);
      require(replicas >= 1, "replicas", replicas);
      require(cores >= 1, "cores", cores);
      require(connections >= 1 && connections <= replicas, "connections", connections);
      require(slow >= 0 && slow <= replicas, "slow", slow);
    }

    /** Every worker connected to every replica. */
    static Fleet mesh(int workers, int replicas, int cores) {
      return new Fleet(workers, replicas, cores, Subsetting.DETERMINISTIC, replicas, 0);
    }

    Fleet subset(Subsetting kind, int connections) {
      return new Fleet(workers, replicas, cores, kind, connections, slow);
    }

    Fleet withSlow(int other) {
      return new Fleet(workers, replicas, cores, subsetting, connections, other);
    }

    /** What all replicas together can do, in fast ones. */
    double fastReplicas() {
      return replicas - slow / 2.0;
    }
  }

  /**
   * Requests arrive as a Poisson process of batches, each of one worker.
   *
   * @param load offered work as a share of the fleet's capacity, were nothing cached; 0 to 1
   * @param batch requests that a worker sends at a time
   * @param serviceMicros mean core time of a request that is computed; exponentially distributed
   * @param hitMicros core time of a request that a replica's cache answers
   * @param networkMicros from worker to replica; as much back
   * @param repeats share of requests for a network that was asked for before
   * @param memory most recent networks that repeats are drawn from, evenly
   */
  public record Traffic(
      double load,
      int batch,
      double serviceMicros,
      double hitMicros,
      double networkMicros,
      double repeats,
      int memory) {
    public Traffic {
      require(load > 0 && load <= 1, "load", load);
      require(batch >= 1, "batch", batch);
      require(serviceMicros > 0, "serviceMicros", serviceMicros);
      require(hitMicros > 0, "hitMicros", hitMicros);
      require(networkMicros >= 0, "networkMicros", networkMicros);
      require(repeats >= 0 && repeats < 1, "repeats", repeats);
      require(memory >= 1, "memory", memory);
    }

    Traffic atLoad(double other) {
      return new Traffic(other, batch, serviceMicros, hitMicros, networkMicros, repeats, memory);
    }
  }

  private static void require(boolean condition, String name, Object value) {
    if (!condition) {
      throw new IllegalArgumentException("%s is %s, which is out of range".formatted(name, value));
    }
  }
}
