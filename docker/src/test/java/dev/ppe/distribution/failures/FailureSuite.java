package dev.ppe.distribution.failures;

import dev.ppe.client.load.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Runs every scenario on three servers of the distribution, beside healthy clients: none of their
 * requests may fail, get lost, be answered twice or wrongly. After each scenario every server must
 * be ready, hold no connection, call or request, have no more heap in use than before, and not have
 * blamed itself (INTERNAL, UNKNOWN). Each scenario is made once, for some seconds; with more time
 * the attacks are repeated, with other seeds, and healthy clients must not be much slower than
 * without. The form for every commit makes all attacks at once, in about a minute.
 */
public final class FailureSuite {
  private static final double HEALTHY_RATE = 20;

  /** Between one collection and the next some of what is kept anyway comes and goes: 2 % of it. */
  private static final double HEAP_GROWTH = 1.05;

  /**
   * What a server goes on keeping after more of the same at once than it has seen in some seconds
   * of warming up: 1 MiB was measured. The long form warms up for a minute, and has none of this.
   */
  private static final long HEAP_OF_A_SHORT_WARM_UP = 2 << 20;

  /** Healthy clients alone. */
  private static final Scenario NOTHING = new Quiet();

  private static final List<Scenario> REPLICAS = List.of(new KilledReplica(), new RollingRestart());

  private final SuiteOptions options;
  private final List<ServerProcess> servers;
  private final Verdicts verdicts;
  private long usualHeap = Long.MAX_VALUE;

  private FailureSuite(SuiteOptions options, List<ServerProcess> servers) {
    this.options = options;
    this.servers = servers;
    this.verdicts =
        new Verdicts(
            NOTHING.name(), attacks().stream().map(Scenario::name).toList(), options.repeats());
  }

  /** Prints a table; exits with 1 if anything failed. */
  public static void main(String[] arguments) throws Exception {
    SuiteOptions options = SuiteOptions.parse(arguments);
    if (options.chosen(REPLICAS).isEmpty() && AttackerProcess.oneByOne(options.only()).isEmpty()) {
      say("no scenario's name contains \"%s\"", options.only());
      System.exit(2);
    }
    List<ServerProcess> servers = new ArrayList<>();
    boolean passed = false;
    try {
      for (int i = 0; i < 3; i++) {
        servers.add(ServerProcess.start(options.distribution(), options.configuration()));
      }
      passed = new FailureSuite(options, servers).run();
    } finally {
      servers.forEach(ServerProcess::close);
    }
    System.exit(passed ? 0 : 1);
  }

  private boolean run() throws Exception {
    long end = System.nanoTime() + options.time().toNanos();
    say(
        "seed %d, %s, servers %s",
        options.seed(), options.configuration(), servers.stream().map(ServerProcess::pid).toList());
    SplittableRandom random = new SplittableRandom(options.seed());
    warmUp(random);
    do {
      Findings normal = play(NOTHING, options.timeOfNormal(), random);
      if (usualHeap == Long.MAX_VALUE) {
        usualHeap = normal.heap();
      }
      for (Scenario scenario : attacks()) {
        play(scenario, options.timeOfAttack(), random);
      }
    } while (options.repeats() && System.nanoTime() - end < 0);
    Cores.shared(servers.getFirst().running());
    for (Scenario scenario : options.chosen(REPLICAS)) {
      play(scenario, options.timeOfEach(), random);
    }
    verdicts.print();
    return verdicts.passed();
  }

  /**
   * What a server is slow at at first, and keeps from then on, is not what attacks cost: it sees
   * each of them before anything is measured.
   */
  private void warmUp(SplittableRandom random) throws Exception {
    Scenario all = AttackerProcess.together(options.only(), false);
    try (HealthyClients clients =
        new HealthyClients(servers.subList(0, 1), options.rate(HEALTHY_RATE), random.nextLong())) {
      all.run(servers, options.timeOfWarmUp(), random);
      clients.stop();
    }
  }

  private List<Scenario> attacks() {
    return options.together()
        ? List.of(AttackerProcess.together(options.only(), true))
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
    List<String> logged = servers.stream().flatMap(server -> server.warnings().stream()).toList();
    logged.stream().filter(FailureSuite::tellsOfNoMemory).forEach(faults::add);
    Findings found = new Findings(scenario.name(), healthy, heap, faults);
    verdicts.add(found);
    say("%s", verdicts.row(found));
    faults.forEach(fault -> say("  %s: %s", scenario.name(), fault));
    logged.forEach(line -> say("  logged: %s", line));
    return found;
  }

  /**
   * Retries hide it from healthy clients that a connection had no memory to be read into, or a
   * request none to be worked on: that one ends with RESOURCE_EXHAUSTED, and its line in the log
   * has no stack.
   */
  private static boolean tellsOfNoMemory(String line) {
    return line.contains("OutOfMemoryError")
        || line.contains("OutOfDirectMemoryError")
        || line.contains("failure=\"out of memory\"");
  }

  /** What every server must be like after anything. Returns the first one's heap. */
  private long aftermath(List<String> faults) throws InterruptedException {
    long heap = 0;
    try {
      for (ServerProcess server : servers) {
        server.await("ready", server::isReady);
        for (String gauge :
            List.of(
                "ppe_sockets_open",
                "ppe_connections_open",
                "ppe_calls_open",
                "ppe_requests_open",
                "ppe_workers_busy",
                "ppe_pending_bytes",
                "ppe_unread_bytes",
                "ppe_arriving_bytes")) {
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
      if (heap > HEAP_GROWTH * usualHeap + (options.repeats() ? 0 : HEAP_OF_A_SHORT_WARM_UP)) {
        faults.add("the heap in use grew from %d to %d bytes".formatted(usualHeap, heap));
      }
    } catch (IOException | IllegalStateException e) {
      faults.add(e.toString());
    }
    return heap;
  }

  private static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }
}
