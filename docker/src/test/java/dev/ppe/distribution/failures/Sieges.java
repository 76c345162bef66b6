package dev.ppe.distribution.failures;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * All sieges, and the process that runs some of them at the same time, which {@link
 * AttackerProcess} starts.
 */
final class Sieges {
  private Sieges() {}

  /**
   * All of them.
   *
   * @param patient whether they wait longer than their time for what the server's settings promise
   */
  static List<Siege> all(boolean patient) {
    return List.of(
        new Attacks("slow readers", 8, SlowClients::read),
        new Attacks("unread streams", 2, SlowClients::readNoStream),
        new Attacks("slow writers", 50, SlowClients::write),
        new Attacks("requests that stop short", 8, SlowClients::stopShort),
        new CallsWithoutRequests(),
        new HalfOpenConnections(patient),
        new TooManyConnections(),
        new Attacks("garbage and floods of frames", 4, Garbage::send),
        new Attacks("oversized messages", 2, BadCalls::oversized),
        new Attacks("deadlines shorter than the work", 8, BadCalls::impatient),
        new Attacks("damaged requests", 4, BadCalls::damaged),
        new Attacks("hostile model files", 1, HostileFiles::send),
        new Attacks("small methods", 4, SmallMethods::send),
        new Attacks("floods of calls", 4, FloodsOfCalls::send));
  }

  /**
   * Runs those that are named, and prints a line for each fault.
   *
   * @param arguments PID, PORT and ADMIN-PORT of the server, its settings and timeouts, whether to
   *     be patient, MILLISECONDS, SEED, names
   */
  public static void main(String[] arguments) throws InterruptedException {
    List<String> given = List.of(arguments);
    RunningServer server =
        new RunningServer(
            Long.parseLong(given.get(0)),
            Integer.parseInt(given.get(1)),
            Integer.parseInt(given.get(2)),
            new Configuration(Settings.valueOf(given.get(3)), Timeouts.valueOf(given.get(4))));
    boolean patient = Boolean.parseBoolean(given.get(5));
    Duration time = Duration.ofMillis(Long.parseLong(given.get(6)));
    SplittableRandom random = new SplittableRandom(Long.parseLong(given.get(7)));
    List<String> names = given.subList(8, given.size());
    List<Siege> named =
        all(patient).stream().filter(siege -> names.contains(siege.name())).toList();
    // A first call takes a process long whose other threads have the core: longer than handshakes
    // may.
    if (!server.isReady()) {
      System.out.println("the server was not ready for the attack");
    }
    together(named, server, time, random).forEach(fault -> System.out.println(oneLine(fault)));
    System.exit(0);
  }

  private static String oneLine(String fault) {
    return fault.replaceAll("\\s+", " ");
  }

  private static List<String> together(
      List<Siege> sieges, RunningServer server, Duration time, SplittableRandom random)
      throws InterruptedException {
    ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    List<Thread> threads =
        sieges.stream()
            .map(
                siege -> {
                  SplittableRandom own = random.split();
                  return Thread.ofPlatform()
                      .name(siege.name())
                      .start(() -> run(siege, server, time, own, faults));
                })
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    return List.copyOf(faults);
  }

  private static void run(
      Siege siege,
      RunningServer server,
      Duration time,
      SplittableRandom random,
      ConcurrentLinkedQueue<String> faults) {
    try {
      siege.run(server, time, random).forEach(fault -> faults.add(siege.name() + ": " + fault));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      faults.add(siege.name() + ": " + e);
    }
  }
}
