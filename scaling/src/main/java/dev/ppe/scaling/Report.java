package dev.ppe.scaling;

import dev.ppe.scaling.Scenario.Fleet;
import dev.ppe.scaling.Scenario.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints the tables of docs/scaling.md, in Markdown. */
public final class Report {
  private static final int CORES = 2;
  private static final long SEED = 1;

  /** Requests for each replica: enough for its queue to fill and empty many times. */
  private static final long PER_REPLICA = 2_000;

  private static final long FEWEST = 2_000_000;

  private static final Traffic SINGLE = new Traffic(0.7, 1, 1_000, 50, 200, 0, 1);
  private static final Traffic REPEATING = new Traffic(0.7, 1, 1_000, 50, 200, 0.3, 200_000);

  private static final List<Fleet> FLEETS =
      List.of(
          Fleet.mesh(16, 4, CORES),
          Fleet.mesh(100, 20, CORES),
          Fleet.mesh(1_000, 200, CORES),
          Fleet.mesh(10_000, 2_000, CORES));

  private Report() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    connections();
    policies();
    loads();
    reports();
    batches();
    subsets();
    locality();
    cost();
  }

  private static void connections() {
    title("Connections");
    row("workers x replicas", "each worker to", "subsets", "connections", "of a replica");
    rule(5);
    for (Fleet fleet : FLEETS) {
      describe(fleet, "all", "mesh");
      for (int size : new int[] {10, 20, 50}) {
        if (size < fleet.replicas()) {
          describe(fleet.subset(Subsetting.RANDOM, size), "" + size, "drawn");
          describe(fleet.subset(Subsetting.DETERMINISTIC, size), "" + size, "cut");
        }
      }
    }
  }

  private static void describe(Fleet fleet, String to, String kind) {
    Result result =
        Simulation.run(new Scenario(fleet, Policy.RANDOM, SINGLE, 10, SEED)); // only connected
    row(
        "%,d x %,d".formatted(fleet.workers(), fleet.replicas()),
        to,
        kind,
        "%,d".formatted(result.connections()),
        "%,d to %,d".formatted(result.fewest(), result.most()));
  }

  private static void policies() {
    title("Latency by policy, mesh, load 0.7");
    latencyHeader("workers x replicas");
    for (Fleet fleet : FLEETS) {
      for (Policy policy : balancing()) {
        latency("%,d x %,d".formatted(fleet.workers(), fleet.replicas()), fleet, policy, SINGLE);
      }
    }
  }

  private static void loads() {
    title("Latency by load, 1,000 x 200, mesh");
    latencyHeader("load");
    for (double load : new double[] {0.5, 0.7, 0.8, 0.9, 0.95}) {
      for (Policy policy : balancing()) {
        latency(number("%.2f", load), FLEETS.get(2), policy, SINGLE.atLoad(load));
      }
    }
  }

  private static void reports() {
    Fleet fleet = FLEETS.get(1);
    List<Policy> policies =
        List.of(
            Policy.ROUND_ROBIN,
            Policy.LEAST_REQUEST,
            Policy.WEIGHTED,
            Policy.WEIGHTED_BY_QUEUES,
            Policy.POWER_OF_TWO);
    title("Load reports, 100 x 20, mesh, 5 of 20 replicas half as fast");
    latencyHeader("load");
    for (double load : new double[] {0.5, 0.7, 0.9}) {
      for (Policy policy : policies) {
        latency(number("%.2f", load), fleet.withSlow(5), policy, SINGLE.atLoad(load));
      }
    }
    title("Load reports, 100 x 20, mesh, replicas alike");
    latencyHeader("load");
    for (double load : new double[] {0.5, 0.7, 0.9, 0.95}) {
      for (Policy policy : policies) {
        latency(number("%.2f", load), fleet, policy, SINGLE.atLoad(load));
      }
    }
  }

  private static void batches() {
    title("Latency by batch, 1,000 x 200, mesh, load 0.7");
    latencyHeader("batch");
    for (int batch : new int[] {1, 8, 64}) {
      Traffic traffic = new Traffic(0.7, batch, 1_000, 50, 200, 0, 1);
      for (Policy policy : balancing()) {
        latency("" + batch, FLEETS.get(2), policy, traffic);
      }
    }
  }

  private static void subsets() {
    title("Latency by subset, 10,000 x 2,000, load 0.7");
    latencyHeader("connections");
    for (int size : new int[] {2, 5, 10, 20, 50}) {
      for (Subsetting kind : Subsetting.values()) {
        Fleet fleet = FLEETS.get(3).subset(kind, size);
        String label = "%d, %s".formatted(size, kind == Subsetting.RANDOM ? "drawn" : "cut");
        for (Policy policy : List.of(Policy.ROUND_ROBIN, Policy.POWER_OF_TWO)) {
          latency(label, fleet, policy, SINGLE);
        }
      }
    }
  }

  private static void locality() {
    title("Caches: 3 of 10 requests repeat one of the last 200,000 networks, offered load 0.7");
    row("workers x replicas", "policy", "hits", "cores busy", "busiest", "p50 ms", "p99 ms");
    rule(7);
    for (Fleet fleet : FLEETS) {
      for (Policy policy :
          List.of(Policy.ROUND_ROBIN, Policy.POWER_OF_TWO, Policy.HASH, Policy.BOUNDED_HASH)) {
        Result result = run(fleet, policy, REPEATING);
        row(
            "%,d x %,d".formatted(fleet.workers(), fleet.replicas()),
            policy.label(),
            number("%.1f %%", 100 * result.hitShare()),
            number("%.0f %%", 100 * result.utilization()),
            number("%.2f", result.imbalance()),
            number("%.2f", result.p50Millis()),
            number("%.2f", result.p99Millis()));
      }
    }
  }

  private static void cost() {
    title(
        "Highest load with p99 within 8 ms, 1,000 x 200, and core hours of a million evaluations");
    row("policy", "repeats", "load", "core hours");
    rule(4);
    for (Traffic traffic : List.of(SINGLE, REPEATING)) {
      for (Policy policy : withoutReports()) {
        double load = highestLoad(FLEETS.get(2), policy, traffic, 8);
        double coreSeconds = traffic.serviceMicros() / load; // for a million, in seconds
        row(
            policy.label(),
            number("%.1f", traffic.repeats()),
            number("%.3f", load),
            number("%.3f", coreSeconds / 3600));
      }
    }
  }

  private static double highestLoad(Fleet fleet, Policy policy, Traffic traffic, double p99) {
    double below = 0.01;
    double above = 1;
    while (above - below > 0.005) {
      double load = (below + above) / 2;
      if (run(fleet, policy, traffic.atLoad(load)).p99Millis() <= p99) {
        below = load;
      } else {
        above = load;
      }
    }
    return below;
  }

  private static List<Policy> balancing() {
    return withoutReports().stream().filter(policy -> !policy.hashes()).toList();
  }

  private static List<Policy> withoutReports() {
    return Arrays.stream(Policy.values()).filter(policy -> !policy.weighs()).toList();
  }

  private static void latencyHeader(String first) {
    row(first, "policy", "mean ms", "p50 ms", "p99 ms", "p99.9 ms", "busiest");
    rule(7);
  }

  private static void latency(String first, Fleet fleet, Policy policy, Traffic traffic) {
    Result result = run(fleet, policy, traffic);
    row(
        first,
        policy.label(),
        number("%.2f", result.meanMillis()),
        number("%.2f", result.p50Millis()),
        number("%.2f", result.p99Millis()),
        number("%.2f", result.p999Millis()),
        number("%.2f", result.imbalance()));
  }

  private static Result run(Fleet fleet, Policy policy, Traffic traffic) {
    long requests = Math.max(FEWEST, PER_REPLICA * fleet.replicas());
    return Simulation.run(new Scenario(fleet, policy, traffic, requests, SEED));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void title(String text) {
    System.out.println("\n## " + text + "\n");
  }

  private static void row(String... cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  private static void rule(int columns) {
    System.out.println("|" + "---|".repeat(columns));
  }
}
