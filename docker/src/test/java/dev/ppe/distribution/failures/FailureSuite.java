package dev.ppe.distribution.failures;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.ppe.client.load.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Runs every scenario on three servers of the distribution, beside healthy clients: none of their
 * requests may fail, get lost, be answered twice or wrongly. After each scenario every server must
 * be ready, hold no connection, call or request, have no more heap in use than before, and not have
 * blamed itself (INTERNAL, UNKNOWN). Each scenario is made once, for some seconds; with more time
 * the attacks are repeated, with other seeds. The form for every commit makes all attacks at once,
 * in about a minute.
 */
public final class FailureSuite {
  private static final double HEALTHY_RATE = 20;

  /** Between one collection and the next some of what is kept anyway comes and goes. */
  private static final double HEAP_GROWTH = 1.05;

  private static final long HEAP_NOISE = 4 << 20;

  /** Healthy clients alone. */
  private static final Scenario NOTHING = new Quiet();

  private static final List<Scenario> REPLICAS = List.of(new KilledReplica(), new RollingRestart());

  private final SuiteOptions options;
  private final List<ServerProcess> servers;
  private final List<Findings> findings = new ArrayList<>();
  private long usualHeap = Long.MAX_VALUE;
  private double normalP99 = Double.NaN;

  private FailureSuite(SuiteOptions options, List<ServerProcess> servers) {
    this.options = options;
    this.servers = servers;
  }

  /** Prints a table; exits with 1 if anything failed. */
  public static void main(String[] arguments) throws Exception {
    SuiteOptions options = SuiteOptions.parse(arguments);
    List<ServerProcess> servers = new ArrayList<>();
    boolean passed = false;
    try {
      for (int i = 0; i < 3; i++) {
        servers.add(ServerProcess.start(options.distribution()));
      }
      passed = new FailureSuite(options, servers).run();
    } finally {
      servers.forEach(ServerProcess::close);
    }
    System.exit(passed ? 0 : 1);
  }

  private boolean run() throws Exception {
    long end = System.nanoTime() + options.time().toNanos();
    say("seed %d, servers %s", options.seed(), servers.stream().map(ServerProcess::pid).toList());
    SplittableRandom random = new SplittableRandom(options.seed());
    warmUp(random);
    Findings normal = play(NOTHING, options.timeOfNormal(), random);
    normalP99 = normal.healthy().answered().p99();
    usualHeap = normal.heap();
    do {
      for (Scenario scenario : attacks()) {
        play(scenario, options.timeOfAttack(), random);
      }
    } while (options.repeats() && System.nanoTime() - end < 0);
    Cores.shared(servers.getFirst().running());
    for (Scenario scenario : options.chosen(REPLICAS)) {
      play(scenario, options.timeOfEach(), random);
    }
    print();
    return findings.stream().allMatch(Findings::passed);
  }

  /**
   * What a server is slow at at first is not what attacks cost; where there is time it sees each of
   * them before anything is measured.
   */
  private void warmUp(SplittableRandom random) throws Exception {
    Scenario all = options.repeats() ? AttackerProcess.together(options.only()) : NOTHING;
    try (HealthyClients clients =
        new HealthyClients(servers.subList(0, 1), options.rate(HEALTHY_RATE), random.nextLong())) {
      all.run(servers, options.timeOfWarmUp(), random);
      clients.stop();
    }
  }

  private List<Scenario> attacks() {
    return options.together()
        ? List.of(AttackerProcess.together(options.only()))
        : AttackerProcess.oneByOne(options.only());
  }

  private Findings play(Scenario scenario, Duration time, SplittableRandom random)
      throws Exception {
    List<ServerProcess> asked = scenario.concernsReplicas() ? servers : List.of(servers.getFirst());
    List<String> faults = new ArrayList<>();
    LoadResult healthy;
    try (HealthyClients clients =
        new HealthyClients(asked, options.rate(HEALTHY_RATE), random.nextLong())) {
      try {
        Work.awaitAt(asked);
        faults.addAll(scenario.run(servers, time, random));
        Work.awaitAt(asked);
      } catch (IOException | IllegalStateException e) {
        faults.add(e.toString());
      }
      healthy = clients.stop();
    }
    faults.addAll(Findings.faultsOf(healthy));
    long heap = aftermath(faults);
    Findings found = new Findings(scenario.name(), healthy, heap, faults);
    findings.add(found);
    say("%s", Findings.row(List.of(found), normalP99));
    faults.forEach(fault -> say("  %s: %s", scenario.name(), fault));
    servers.forEach(server -> server.warnings().forEach(line -> say("  logged: %s", line)));
    return found;
  }

  /** What every server must be like after anything. Returns the first one's heap. */
  private long aftermath(List<String> faults) throws InterruptedException {
    long heap = 0;
    try {
      for (ServerProcess server : servers) {
        server.await("ready", server::isReady);
        for (String gauge :
            List.of(
                "ppe_connections_open",
                "ppe_calls_open",
                "ppe_requests_open",
                "ppe_workers_busy",
                "ppe_pending_bytes",
                "ppe_unread_bytes")) {
          server.await("at " + gauge + " 0", () -> server.metric(gauge) == 0);
        }
        for (String code : List.of("INTERNAL", "UNKNOWN", "DATA_LOSS")) {
          double blamed = server.metric("ppe_request_seconds_count", "\"" + code + "\"");
          if (blamed > 0) {
            faults.add("%.0f requests ended with %s".formatted(blamed, code));
          }
        }
      }
      heap = servers.getFirst().heapAfterCollection();
      if (heap > HEAP_GROWTH * usualHeap + HEAP_NOISE) {
        faults.add("the heap in use grew from %d to %d bytes".formatted(usualHeap, heap));
      }
    } catch (IOException | IllegalStateException e) {
      faults.add(e.toString());
    }
    return heap;
  }

  private void print() {
    System.out.println(Findings.header());
    findings.stream()
        .collect(groupingBy(Findings::scenario, LinkedHashMap::new, toList()))
        .values()
        .forEach(rounds -> System.out.println(Findings.row(rounds, normalP99)));
    long failed = findings.stream().filter(found -> !found.passed()).count();
    System.out.printf(
        Locale.ROOT, "%n%d scenarios passed, %d failed%n", findings.size() - failed, failed);
  }

  private static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }
}
