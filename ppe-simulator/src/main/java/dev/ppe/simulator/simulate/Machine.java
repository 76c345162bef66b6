package dev.ppe.simulator.simulate;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.compile.Program;

/**
 * Runs a program cycle-exactly.
 *
 * <p>Every resource takes its instructions in program order. An instruction starts in the first
 * cycle in which its resource is free and all its dependencies have ended, and holds the resource
 * for as long as the hardware block needs that does its work ({@link Blocks}). Nothing else costs
 * time.
 */
public final class Machine {
  private Machine() {}

  /**
   * Runs {@code program} from an idle machine to its end.
   *
   * @throws ArithmeticException if it takes more cycles than can be counted
   */
  public static Activity run(Program program, Interruption interruption) {
    return observe(program, interruption).activity();
  }

  /** The same, and when each instruction ran. */
  public static Run observe(Program program, Interruption interruption) {
    Blocks blocks = new Blocks(program.accelerator());
    EventLoop loop = new EventLoop(program, blocks, interruption);
    interruption.check();
    Schedule schedule = loop.run();
    interruption.check();
    Activity activity =
        CriticalPath.attribute(
            program, schedule, blocks.dramActivity(schedule.end()), interruption);
    return new Run(activity, schedule);
  }

  /**
   * A program that ran.
   *
   * @param activity what happened
   * @param schedule when each instruction ran
   */
  public record Run(Activity activity, Schedule schedule) {}
}
