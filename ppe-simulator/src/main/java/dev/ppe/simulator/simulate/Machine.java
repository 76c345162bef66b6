package dev.ppe.simulator.simulate;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.compile.Program;

/**
 * Runs a program cycle-exactly.
 *
 * <p>Every resource takes its instructions in program order. An instruction starts in the first
 * cycle in which its resource is free and all its dependencies have ended, and holds the resource
 * for its cycles. Nothing else costs time.
 */
public final class Machine {
  private Machine() {}

  /** Runs {@code program} from an idle machine to its end. */
  public static Activity run(Program program, Interruption interruption) {
    return observe(program, interruption).activity();
  }

  /** The same, and when each instruction ran. */
  public static Run observe(Program program, Interruption interruption) {
    Schedule schedule = new EventLoop(program, interruption).run(interruption);
    interruption.check();
    return new Run(CriticalPath.attribute(program, schedule, interruption), schedule);
  }

  /**
   * A program that ran.
   *
   * @param activity what happened
   * @param schedule when each instruction ran
   */
  public record Run(Activity activity, Schedule schedule) {}
}
