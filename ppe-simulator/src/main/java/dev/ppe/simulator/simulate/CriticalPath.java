package dev.ppe.simulator.simulate;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.activity.TimeBreakdown;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.DramActivity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Says where the time went: from the instruction that ended last, back along what each one waited
 * for. The instructions on that path follow each other without a gap, so their cycles add up to the
 * whole.
 */
final class CriticalPath {
  private CriticalPath() {}

  static Activity attribute(
      Program program, Schedule schedule, DramActivity dram, Interruption interruption) {
    List<Instruction> instructions = program.instructions();
    Part whole = new Part();
    List<Part> layers = new ArrayList<>(program.layers());
    for (int i = 0; i < program.layers(); i++) {
      interruption.check();
      layers.add(new Part());
    }
    for (int i = schedule.lastToFinish(); i >= 0; i = schedule.waitedFor()[i]) {
      interruption.check();
      Instruction instruction = instructions.get(i);
      long cycles = schedule.cycles(i);
      whole.spend(instruction.cause(), cycles);
      if (instruction.layer() != Instruction.NO_LAYER) {
        layers.get(instruction.layer()).spend(instruction.cause(), cycles);
      }
    }
    for (int i = 0; i < instructions.size(); i++) {
      interruption.check();
      Instruction instruction = instructions.get(i);
      if (instruction.layer() != Instruction.NO_LAYER) {
        layers.get(instruction.layer()).run(instruction, schedule.start()[i], schedule.finish()[i]);
      }
    }
    List<LayerActivity> activities = new ArrayList<>(layers.size());
    for (Part layer : layers) {
      interruption.check();
      activities.add(layer.toActivity());
    }
    return new Activity(new TimeBreakdown(whole.spent), activities, dram);
  }

  /** What gathers for one layer, or for the whole. */
  private static final class Part {
    private final Map<Cause, Long> spent = new EnumMap<>(Cause.class);
    private long start = Long.MAX_VALUE;
    private long finish;
    private long arrayCycles;
    private long parameterBytes;
    private long activationBytes;

    void spend(Cause cause, long cycles) {
      spent.merge(cause, cycles, Long::sum);
    }

    void run(Instruction instruction, long from, long to) {
      start = Math.min(start, from);
      finish = Math.max(finish, to);
      if (instruction.work() instanceof Work.Compute) {
        arrayCycles += to - from;
      } else if (instruction.cause() == Cause.PARAMETER_FETCH) {
        parameterBytes += instruction.bytes();
      } else if (instruction.cause() == Cause.DMA) {
        activationBytes += instruction.bytes();
      }
    }

    LayerActivity toActivity() {
      return new LayerActivity(
          new TimeBreakdown(spent),
          Math.min(start, finish),
          finish,
          arrayCycles,
          parameterBytes,
          activationBytes);
    }
  }
}
