package dev.ppe.simulator.hardware;

import dev.ppe.simulator.dram.RandomDrams;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Small and slow accelerators of all kinds, on which something always waits for something. */
public final class RandomAccelerators {
  private RandomAccelerators() {}

  public static Accelerator of(Random random) {
    boolean link = random.nextBoolean();
    boolean dram = !link || random.nextInt(3) > 0;
    return new Accelerator(
        "random",
        "",
        RandomDrams.acceleratorHz(random),
        new Grid(upTo(random, 3), upTo(random, 3), any(random, Split.values())),
        core(random),
        peMemory(random),
        new ParameterMemory(
                random.nextBoolean() ? 0 : random.nextInt(20_000),
                (1 << 10) + random.nextInt(1 << 10),
                upTo(random, 32),
                upTo(random, 32),
                random.nextBoolean(),
                random.nextBoolean())
            .withWeightsStay(link),
        new VectorUnit(upTo(random, 8), upTo(random, 8), random.nextBoolean()),
        random.nextBoolean() ? Optional.of(new Network(upTo(random, 8))) : Optional.empty(),
        dram ? Optional.of(memory(random)) : Optional.empty(),
        link
            ? Optional.of(new HostLink(rate(random), rate(random), random.nextInt(2000)))
            : Optional.empty(),
        invocation(random),
        List.of(DataType.INT8),
        List.of(),
        new PlacementRules(random.nextInt(4) == 0, List.of("sin"), 1 << 20),
        new Host("host", rate(random), rate(random), rate(random), random.nextInt(1000)),
        "coral-28nm");
  }

  private static PeMemory peMemory(Random random) {
    int bytes = (1 << 10) + random.nextInt(1 << 10);
    return new PeMemory(
        bytes,
        port(random),
        port(random),
        any(random, Overflow.values()),
        1 + bytes % 4,
        bytes % 3 == 0);
  }

  /** Half of the accelerators have a doorbell and a completion of their own. */
  private static Invocation invocation(Random random) {
    int overhead = random.nextInt(5000);
    int shares = overhead % 2;
    return new Invocation(
        overhead,
        shares * (overhead % 500),
        shares * (overhead % 333),
        random.nextInt(1000),
        new Instructions(random.nextInt(100), random.nextInt(50), 1, 1));
  }

  private static Core core(Random random) {
    return random.nextInt(3) > 0
        ? new Core.Simd(
            upTo(random, 2),
            4 * upTo(random, 4),
            upTo(random, 4),
            random.nextInt(3) == 0 ? upTo(random, 2) : upTo(random, 40),
            random.nextBoolean(),
            4 + random.nextInt(3),
            upTo(random, 20))
        : new Core.Systolic(
            upTo(random, 12),
            upTo(random, 12),
            any(random, Core.Dataflow.values()),
            random.nextBoolean());
  }

  /** A port and a DRAM of which now the one, now the other is slower, or a port alone. */
  public static Dram memory(Random random) {
    Optional<DramPart> part =
        random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(new DramPart("random", RandomDrams.timing(random)));
    return new Dram(rate(random), random.nextInt(2000), part);
  }

  private static long rate(Random random) {
    return 1_000_000L + random.nextInt(500_000_000);
  }

  /** Now and then wide enough for sums that wait in PE memory. */
  private static int port(Random random) {
    return upTo(random, random.nextInt(3) == 0 ? 64 : 8);
  }

  private static int upTo(Random random, int most) {
    return 1 + random.nextInt(most);
  }

  private static <T> T any(Random random, T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
