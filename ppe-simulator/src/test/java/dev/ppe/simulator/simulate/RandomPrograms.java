package dev.ppe.simulator.simulate;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.AddressRange;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.RandomDrams;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.RandomAccelerators;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Programs that no compiler would write, for links and memories that nobody would build. */
final class RandomPrograms {
  private static final List<Resource> RESOURCES = List.of(Resource.values());
  private static final List<Cause> CAUSES = List.of(Cause.values());

  private RandomPrograms() {}

  static Program of(Random random) {
    int count = random.nextInt(120);
    int layers = 1 + random.nextInt(5);
    int resources = 1 + random.nextInt(RESOURCES.size());
    int fanIn = random.nextInt(5);
    int longest = random.nextBoolean() ? 3 : 40;
    List<Instruction> instructions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      List<Integer> dependencies = new ArrayList<>();
      for (int d = Math.min(i, random.nextInt(fanIn + 1)); d > 0; d--) {
        dependencies.add(random.nextInt(Math.max(0, i - 20), i)); // now and then the same twice
      }
      instructions.add(
          new Instruction(
              random.nextInt(layers + 1) - 1,
              work(random, RESOURCES.get(random.nextInt(resources)), longest),
              CAUSES.get(random.nextInt(CAUSES.size())),
              dependencies));
    }
    return new Program(accelerator(random), instructions, layers);
  }

  private static Work work(Random random, Resource resource, int longest) {
    long cycles = random.nextInt(3) == 0 ? 0 : random.nextInt(longest);
    long bytes = random.nextInt(3) == 0 ? 0 : random.nextInt(10 * longest);
    return switch (resource) {
      case HOST -> new Work.HostTask(cycles);
      case LINK_IN, LINK_OUT -> new Work.LinkTransfer(resource == Resource.LINK_IN, bytes);
      case DRAM -> dramTransfer(random, bytes);
      case NETWORK -> new Work.Exchange(cycles, bytes);
      case ARRAY -> new Work.Compute(cycles);
    };
  }

  private static Work dramTransfer(Random random, long bytes) {
    List<AddressRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      ranges.add(new AddressRange(random.nextInt(10_000), bytes / i));
    }
    return new Work.DramTransfer(ranges, random.nextBoolean());
  }

  private static Accelerator accelerator(Random random) {
    return AcceleratorBuilder.small()
        .clockHz(RandomDrams.acceleratorHz(random))
        .hostLink(rate(random), rate(random), random.nextInt(2000))
        .dram(RandomAccelerators.memory(random))
        .build();
  }

  private static long rate(Random random) {
    return 1_000_000L + random.nextInt(500_000_000);
  }
}
