package dev.ppe.distribution.failures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An attack by several clients, over and over until the time is up.
 *
 * @param name of the siege
 * @param width clients at a time
 * @param attack what each does
 */
record Attacks(String name, int width, Attack attack) implements Siege {
  @Override
  public List<String> run(RunningServer server, Duration time, RandomGenerator random)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    try (Attacker attacker = new Attacker(server, end)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        SplittableRandom own = new SplittableRandom(random.nextLong());
        threads.add(Thread.ofPlatform().daemon().start(() -> repeat(attacker, own)));
      }
      while (!attacker.isOver()) {
        Thread.sleep(10);
      }
      attacker.hangUp(); // whoever is stuck in writing is freed
      for (Thread thread : threads) {
        thread.join();
      }
      List<String> faults = new ArrayList<>(attacker.faults());
      if (attacker.attacks() == 0) {
        faults.add("no attack was made");
      }
      return faults;
    }
  }

  private void repeat(Attacker attacker, RandomGenerator random) {
    while (!attacker.isOver()) {
      attacker.count();
      try {
        attack.once(attacker, random);
      } catch (IOException e) {
        // The server hung up.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (!attacker.isOver()) {
          attacker.fault("%s: %s".formatted(name, e));
        }
        return;
      }
    }
  }
}
