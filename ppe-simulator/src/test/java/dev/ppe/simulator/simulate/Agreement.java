package dev.ppe.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Program;

/** The engine and the machine that ticks every cycle, side by side. */
final class Agreement {
  private Agreement() {}

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
