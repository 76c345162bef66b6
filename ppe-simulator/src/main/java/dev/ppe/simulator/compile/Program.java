package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;

/**
 * The instructions of one inference. Each resource takes its own in this order.
 *
 * @param accelerator what they are for
 * @param instructions in program order; dependencies point backwards
 * @param layers how many layers they belong to
 */
public record Program(Accelerator accelerator, List<Instruction> instructions, int layers) {
  public Program {
    instructions = List.copyOf(instructions);
    for (int i = 0; i < instructions.size(); i++) {
      List<Integer> dependencies = instructions.get(i).dependencies();
      for (int k = 0; k < dependencies.size(); k++) { // no iterators: half a million instructions
        int dependency = dependencies.get(k);
        if (dependency < 0 || dependency >= i) {
          throw new IllegalArgumentException(
              "instruction %d depends on %d".formatted(i, dependency));
        }
      }
    }
  }
}
