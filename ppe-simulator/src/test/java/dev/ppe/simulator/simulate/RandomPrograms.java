package dev.ppe.simulator.simulate;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Programs that no compiler would write. */
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
              RESOURCES.get(random.nextInt(resources)),
              CAUSES.get(random.nextInt(CAUSES.size())),
              random.nextInt(3) == 0 ? 0 : random.nextInt(longest),
              random.nextInt(100),
              dependencies));
    }
    return new Program(instructions, layers);
  }
}
