package dev.ppe.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.job.Job;

/** The engine and the machine that ticks every cycle, side by side. */
final class Agreement {
  private Agreement() {}

  /**
   * The same of what the compiler wrote, where every instruction says what it is about: nothing in
   * the ticking machine's times comes from the compiler.
   */
  static void verifyCompiled(Program program) {
    assertThat(program.instructions())
        .noneMatch(one -> one.work() instanceof Work.Task task && task.job() instanceof Job.Given);
    verify(program);
  }

  /** Every instruction begins and ends in the same cycle, and the DRAM does the same. */
  static void verify(Program program) {
    Blocks blocks = new Blocks(program.accelerator());
    Schedule schedule = new EventLoop(program, blocks, Interruption.NEVER).run();
    TickingMachine ticking = new TickingMachine(program).run();

    assertThat(schedule.start()).isEqualTo(ticking.start);
    assertThat(schedule.finish()).isEqualTo(ticking.finish);
    assertThat(blocks.dramActivity(schedule.end())).isEqualTo(ticking.dramActivity());
  }
}
