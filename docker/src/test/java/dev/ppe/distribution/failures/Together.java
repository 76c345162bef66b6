package dev.ppe.distribution.failures;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/**
 * Several scenarios at the same time, on the same server.
 *
 * @param name of all of them
 * @param parts that make it up
 */
record Together(String name, List<Scenario> parts) implements Scenario {
  Together {
    parts = List.copyOf(parts);
  }

  @Override
  public List<String> run(List<ServerProcess> servers, Duration time, RandomGenerator random)
      throws InterruptedException {
    ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    List<Thread> threads =
        parts.stream()
            .map(
                part -> {
                  SplittableRandom own = new SplittableRandom(random.nextLong());
                  return Thread.ofPlatform()
                      .daemon()
                      .name(part.name())
                      .start(() -> run(part, servers, time, own, faults));
                })
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    return List.copyOf(faults);
  }

  private static void run(
      Scenario part,
      List<ServerProcess> servers,
      Duration time,
      RandomGenerator random,
      ConcurrentLinkedQueue<String> faults) {
    try {
      part.run(servers, time, random).forEach(fault -> faults.add(part.name() + ": " + fault));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      faults.add(part.name() + ": " + e);
    }
  }
}
