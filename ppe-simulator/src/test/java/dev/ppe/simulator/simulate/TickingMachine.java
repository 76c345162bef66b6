package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.dram.TickingDram;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Dram;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The machine's rules taken literally, sharing nothing with engine and compiler but the program:
 * looks at every block in every cycle, moves bytes through link and port as they pass, and has a
 * DRAM that moves burst by burst. How long cores, vector units, links between PEs and the host take
 * it finds by doing their jobs tick by tick ({@link TickedJobs}). Within a cycle it looks again
 * until nothing moves, since work of no cycles ends as soon as it starts.
 */
final class TickingMachine {
  private final Program program;
  private final Map<Resource, Unit> units = new EnumMap<>(Resource.class);
  private final Optional<TickingDram> dram;
  private final TickedJobs jobs;
  private final boolean[] ended;
  private int unfinished;
  private long now;
  final long[] start;
  final long[] finish;

  TickingMachine(Program program) {
    int count = program.instructions().size();
    Accelerator accelerator = program.accelerator();
    this.program = program;
    this.jobs = new TickedJobs(accelerator);
    this.dram =
        accelerator
            .dram()
            .flatMap(Dram::part)
            .map(part -> new TickingDram(part.timing(), accelerator.clockHz()));
    this.ended = new boolean[count];
    this.unfinished = count;
    this.start = new long[count];
    this.finish = new long[count];
    for (int i = 0; i < count; i++) {
      units.computeIfAbsent(instruction(i).resource(), r -> new Unit()).waiting.add(i);
    }
  }

  private Instruction instruction(int index) {
    return program.instructions().get(index);
  }

  TickingMachine run() {
    List<Unit> inOrder = new ArrayList<>(units.values());
    for (now = 0; unfinished > 0; now++) {
      dram.ifPresent(memory -> memory.runTo(now));
      boolean moved = true;
      while (moved) {
        moved = false;
        for (Unit unit : inOrder) {
          moved |= unit.end() || unit.begin();
        }
      }
      inOrder.forEach(Unit::tick);
    }
    return this;
  }

  /** What the DRAM did until the end. */
  DramActivity dramActivity() {
    long end = Math.max(0, now - 1);
    return dram.map(memory -> memory.runUntil(end).activity())
        .orElseGet(() -> DramActivity.moved(bytes(false), bytes(true)));
  }

  private long bytes(boolean written) {
    long bytes = 0;
    for (Instruction instruction : program.instructions()) {
      if (instruction.work() instanceof Work.DramTransfer transfer && transfer.write() == written) {
        bytes += transfer.bytes();
      }
    }
    return bytes;
  }

  /** One resource. */
  private final class Unit {
    private final Queue<Integer> waiting = new ArrayDeque<>();
    private Optional<Task> task = Optional.empty();
    private int current;

    boolean end() {
      if (task.isEmpty() || !task.get().isDone(now)) {
        return false;
      }
      ended[current] = true;
      unfinished--;
      finish[current] = now;
      task = Optional.empty();
      return true;
    }

    boolean begin() {
      if (task.isPresent() || waiting.isEmpty() || !isReady(instruction(waiting.element()))) {
        return false;
      }
      current = waiting.remove();
      task = Optional.of(Task.of(instruction(current).work(), program.accelerator(), jobs, dram));
      start[current] = now;
      return true;
    }

    private boolean isReady(Instruction instruction) {
      for (int dependency : instruction.dependencies()) {
        if (!ended[dependency]) {
          return false;
        }
      }
      return true;
    }

    void tick() {
      task.ifPresent(Task::tick);
    }
  }
}
