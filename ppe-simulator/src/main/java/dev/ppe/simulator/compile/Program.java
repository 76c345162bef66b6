package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;

/**
 * The instructions of one inference. Each resource takes its own in this order.
 *
 * @param accelerator what they are for
 * @param instructions in program order; dependencies point backwards, which whoever runs them
 *     checks
 * @param layers how many layers they belong to
 */
public record Program(Accelerator accelerator, List<Instruction> instructions, int layers) {
  public Program {
    instructions = List.copyOf(instructions);
  }
}
