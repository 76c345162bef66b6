package dev.ppe.scaling;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Runs a scenario. Replicas serve in the order of arrival, so the end of a request is known when it
 * is sent; the only events beside arrivals are ends, which policies that count what is under way
 * look at.
 */
public final class Simulation {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Scenario scenario;
  private final Scenario.Traffic traffic;
  private final SplittableRandom random;
  private final Replicas replicas;
  private final Workers workers;
  private final Networks networks;
  private final EventQueue ends = new EventQueue();
  private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
  private long hits;

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
    traffic = scenario.traffic();
    random = new SplittableRandom(scenario.seed());
    replicas = new Replicas(scenario.fleet());
    workers = new Workers(scenario, replicas, random.split());
    networks = new Networks(traffic, random.split());
  }

  /** The same result for an equal scenario. */
  public static Result run(Scenario scenario) {
    return new Simulation(scenario).run();
  }

  private Result run() {
    double now = 0;
    double gap = nanosBetweenBatches();
    for (long sent = 0; sent < scenario.requests(); ) {
      now += exponential(gap);
      endUntil((long) now);
      int worker = random.nextInt(workers.count());
      for (int i = 0; i < traffic.batch() && sent < scenario.requests(); i++, sent++) {
        send(worker, (long) now, sent >= scenario.requests() / 10);
      }
    }
    return Result.of(scenario, latencies, hits, replicas, workers, now / 1e9);
  }

  private double nanosBetweenBatches() {
    Scenario.Fleet fleet = scenario.fleet();
    double capacity = fleet.fastReplicas() * fleet.cores() / traffic.serviceMicros();
    return NANOS_PER_MICRO * traffic.batch() / (traffic.load() * capacity);
  }

  private void endUntil(long now) {
    while (!ends.isEmpty() && ends.time() <= now) {
      int connection = (int) ends.remove();
      workers.done(connection);
      replicas.done(workers.replica(connection));
    }
  }

  private void send(int worker, long now, boolean measured) {
    long network = networks.next();
    int connection = workers.send(worker, network, now);
    int replica = workers.replica(connection);
    boolean hit = networks.isHeldBy(replica, network);
    double micros = hit ? traffic.hitMicros() : exponential(traffic.serviceMicros());
    long way = (long) (traffic.networkMicros() * NANOS_PER_MICRO);
    long done = replicas.take(replica, now + way, (long) (micros * NANOS_PER_MICRO)) + way;
    ends.add(done, connection);
    hits += hit ? 1 : 0;
    if (measured) {
      latencies.recordValue(Math.min(done - now, LONGEST_NANOS));
    }
  }

  private double exponential(double mean) {
    return -mean * Math.log1p(-random.nextDouble());
  }
}
