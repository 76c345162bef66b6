package dev.ppe.simulator.simulate;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import java.util.Arrays;
import java.util.List;

/**
 * The event loop: the only events are ends of instructions. At each, the ended instruction frees
 * its resource and its dependants; every resource whose next instruction is thereby ready starts
 * it.
 *
 * <p>At most one instruction per resource is under way, so the "queue" is one slot for each
 * resource and the next event the least of half a dozen times.
 */
final class EventLoop {
  private static final int NONE = -1;

  private final Interruption interruption;
  private final Blocks blocks;
  private final List<Instruction> instructions;
  private final int[] slot; // of each instruction's resource, its place in the arrays below
  private final int[] missing; // dependencies that have not ended
  private final int[] firstDependant; // of each instruction, its place among the dependants
  private final int[] dependants; // of all instructions in turn, each one's in program order
  private final int[][] queue = new int[Resource.values().length][];
  private final int[] next = new int[queue.length]; // position in each resource's queue
  private final int[] running = new int[queue.length];
  private final long[] start;
  private final long[] finish;
  private final int[] waitedFor;
  private final int[] lastEnded; // the dependency that ended last

  EventLoop(Program program, Blocks blocks, Interruption interruption) {
    this.interruption = interruption;
    this.blocks = blocks;
    this.instructions = program.instructions();
    int count = instructions.size();
    this.slot = new int[count];
    this.missing = new int[count];
    this.firstDependant = new int[count + 1];
    interruption.check();
    this.start = new long[count];
    this.finish = new long[count];
    this.waitedFor = new int[count];
    this.lastEnded = new int[count];
    Arrays.fill(running, NONE);
    Arrays.fill(waitedFor, NONE);
    Arrays.fill(lastEnded, NONE);
    interruption.check();
    this.dependants = sortIntoQueues(count);
  }

  /** Looks at every instruction once: there may be a million. Returns the dependants. */
  private int[] sortIntoQueues(int count) {
    int[] queued = new int[queue.length];
    int[] dependencies = new int[2 * count]; // of all instructions in turn
    int known = 0;
    for (int i = 0; i < count; i++) {
      interruption.checkAt(i);
      Instruction instruction = instructions.get(i);
      slot[i] = place(instruction.resource());
      queued[slot[i]]++;
      missing[i] = instruction.dependencies().size();
      if (known + missing[i] > dependencies.length) {
        dependencies = Arrays.copyOf(dependencies, 2 * (known + missing[i]));
      }
      for (int dependency : instruction.dependencies()) {
        if (dependency < 0 || dependency >= i) { // it would be waited for forever
          throw new IllegalArgumentException(
              "instruction %d depends on %d".formatted(i, dependency));
        }
        dependencies[known++] = dependency;
        firstDependant[dependency + 1]++;
      }
    }
    Arrays.setAll(queue, resource -> new int[queued[resource]]);
    Arrays.fill(queued, 0);
    for (int i = 0; i < count; i++) {
      firstDependant[i + 1] += firstDependant[i];
    }
    int[] place = Arrays.copyOf(firstDependant, count);
    int[] sorted = new int[known];
    int edge = 0;
    for (int i = 0; i < count; i++) {
      interruption.checkAt(i);
      queue[slot[i]][queued[slot[i]]++] = i;
      for (int end = edge + missing[i]; edge < end; edge++) {
        sorted[place[dependencies[edge]]++] = i;
      }
    }
    return sorted;
  }

  /** A resource's place in the arrays. */
  @SuppressWarnings("EnumOrdinal") // the arrays live no longer than the loop
  private static int place(Resource resource) {
    return resource.ordinal();
  }

  Schedule run() {
    for (int resource = 0; resource < queue.length; resource++) {
      startNext(resource, 0);
    }
    int events = 0;
    for (int resource = earliest(); resource != NONE; resource = earliest()) {
      interruption.checkAt(++events);
      end(resource);
    }
    return new Schedule(start, finish, waitedFor);
  }

  /** The resource whose running instruction ends first; the first of them in order among equals. */
  private int earliest() {
    int earliest = NONE;
    for (int resource = 0; resource < running.length; resource++) {
      if (running[resource] != NONE
          && (earliest == NONE || finish[running[resource]] < finish[running[earliest]])) {
        earliest = resource;
      }
    }
    return earliest;
  }

  private void end(int resource) {
    int ended = running[resource];
    long now = finish[ended];
    running[resource] = NONE;
    int first = firstDependant[ended];
    int end = firstDependant[ended + 1];
    for (int i = first; i < end; i++) {
      missing[dependants[i]]--;
      lastEnded[dependants[i]] = ended;
    }
    // What was waiting for the resource starts before what was waiting for the result.
    startNext(resource, now);
    for (int i = first; i < end; i++) {
      startNext(slot[dependants[i]], now);
    }
  }

  private void startNext(int resource, long now) {
    int[] waiting = queue[resource];
    int position = next[resource];
    if (running[resource] != NONE || position == waiting.length || missing[waiting[position]] > 0) {
      return;
    }
    int instruction = waiting[position];
    next[resource]++;
    running[resource] = instruction;
    start[instruction] = now;
    finish[instruction] = blocks.finish(instructions.get(instruction).work(), now);
    waitedFor[instruction] = cause(instruction, position == 0 ? NONE : waiting[position - 1], now);
  }

  /** What ended just now: a dependency, or else the instruction before on the same resource. */
  private int cause(int instruction, int before, long now) {
    int dependency = lastEnded[instruction];
    if (dependency != NONE && finish[dependency] == now) {
      return dependency;
    }
    return before != NONE && finish[before] == now ? before : NONE;
  }
}
