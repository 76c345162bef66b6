package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Durations;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Instructions that occupy the same and count as the same.
 *
 * @param resource what they occupy
 * @param cause what their time counts as
 * @param count how many there are
 * @param cycles of them all, one after the other; to and from DRAM what the port takes
 * @param bytes that they move
 */
public record ExplainedInstructions(
    Resource resource, Cause cause, long count, long cycles, long bytes) {

  static List<ExplainedInstructions> of(Program program) {
    Map<Resource, Map<Cause, ExplainedInstructions>> sums = new EnumMap<>(Resource.class);
    Durations durations = new Durations(program.accelerator());
    for (Instruction i : program.instructions()) {
      sums.computeIfAbsent(i.resource(), resource -> new EnumMap<>(Cause.class))
          .merge(
              i.cause(),
              new ExplainedInstructions(
                  i.resource(), i.cause(), 1, durations.cycles(i.work()), i.bytes()),
              ExplainedInstructions::plus);
    }
    List<ExplainedInstructions> result = new ArrayList<>();
    sums.values().forEach(causes -> result.addAll(causes.values()));
    return List.copyOf(result);
  }

  private ExplainedInstructions plus(ExplainedInstructions other) {
    return new ExplainedInstructions(
        resource, cause, count + other.count, cycles + other.cycles, bytes + other.bytes);
  }
}
