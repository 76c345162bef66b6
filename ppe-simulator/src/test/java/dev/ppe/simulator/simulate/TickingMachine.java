package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The machine's rules taken literally: looks at every resource in every cycle. Within a cycle it
 * looks again until nothing moves, since an instruction of no cycles ends as soon as it starts.
 */
final class TickingMachine {
  private final Program program;
  private final Map<Resource, Unit> units = new EnumMap<>(Resource.class);
  private final boolean[] ended;
  private int unfinished;
  final long[] start;
  final long[] finish;

  TickingMachine(Program program) {
    int count = program.instructions().size();
    this.program = program;
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
    List<Unit> inOrder = List.copyOf(units.values());
    for (long cycle = 0; unfinished > 0; cycle++) {
      boolean moved = true;
      while (moved) {
        moved = false;
        for (Unit unit : inOrder) {
          moved |= unit.end(cycle) || unit.begin(cycle);
        }
      }
      inOrder.forEach(Unit::work);
    }
    return this;
  }

  /** One resource. */
  private final class Unit {
    private static final int IDLE = -1;

    private final Queue<Integer> waiting = new ArrayDeque<>();
    private int current = IDLE;
    private long cyclesLeft;

    boolean end(long cycle) {
      if (current == IDLE || cyclesLeft > 0) {
        return false;
      }
      ended[current] = true;
      unfinished--;
      finish[current] = cycle;
      current = IDLE;
      return true;
    }

    boolean begin(long cycle) {
      if (current != IDLE || waiting.isEmpty() || !isReady(instruction(waiting.element()))) {
        return false;
      }
      current = waiting.remove();
      cyclesLeft = instruction(current).cycles();
      start[current] = cycle;
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

    void work() {
      if (current != IDLE) {
        cyclesLeft--;
      }
    }
  }
}
