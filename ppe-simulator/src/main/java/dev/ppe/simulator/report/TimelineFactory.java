package dev.ppe.simulator.report;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.report.Timeline.Span;
import dev.ppe.simulator.simulate.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A timeline from a program that ran. */
public final class TimelineFactory {
  private static final Comparator<Span> ORDER =
      Comparator.comparing(Span::engine).thenComparingLong(Span::startCycle);

  private TimelineFactory() {}

  /**
   * The timeline of {@code program}.
   *
   * @param mapping what the program was made of
   * @param schedule when its instructions ran
   * @param interruption stops the work when it is no longer wanted
   */
  public static Timeline of(
      Mapping mapping, Program program, Schedule schedule, Interruption interruption) {
    return of(mapping, program, schedule, Timeline.MOST_SPANS, interruption);
  }

  static Timeline of(
      Mapping mapping, Program program, Schedule schedule, int most, Interruption interruption) {
    List<Span> spans = spans(program, schedule, interruption);
    boolean merged = spans.size() > most;
    List<Span> shown = merged ? merge(spans, interruption) : spans;
    interruption.check();
    return new Timeline(shown, peMemory(mapping), parameterMemory(mapping), merged);
  }

  private static List<Span> spans(Program program, Schedule schedule, Interruption interruption) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < program.instructions().size(); i++) {
      interruption.check();
      Instruction instruction = program.instructions().get(i);
      long start = schedule.start()[i];
      long cycles = schedule.finish()[i] - start;
      if (cycles > 0) { // what takes no time orders others, and cannot be seen
        spans.add(
            new Span(
                instruction.resource(),
                instruction.layer(),
                instruction.cause(),
                start,
                cycles,
                instruction.bytes()));
      }
    }
    spans.sort(interruption.whileComparing(ORDER));
    return spans;
  }

  private record Kind(Resource engine, int layer, Cause cause) {}

  /** One span for all of a layer's with one engine and cause. */
  private static List<Span> merge(List<Span> spans, Interruption interruption) {
    Map<Kind, Span> merged = new LinkedHashMap<>();
    for (Span span : spans) {
      interruption.check();
      merged.merge(new Kind(span.engine(), span.layer(), span.cause()), span, Span::through);
    }
    return merged.values().stream().sorted(interruption.whileComparing(ORDER)).toList();
  }

  /** What stays is there all the time; what is streamed fills the staging memory at most. */
  private static List<Long> parameterMemory(Mapping mapping) {
    long stays = mapping.cachedBytes();
    long staging = mapping.accelerator().parameterMemory().stagingBytes();
    List<Long> bytes = new ArrayList<>();
    for (int i = 0; i < mapping.layers().size(); i++) {
      boolean streamed =
          mapping.layers().get(i).onAccelerator() && !mapping.memory().cached().get(i);
      bytes.add(
          stays + (streamed ? Math.min(mapping.memory().parameterBytes().get(i), staging) : 0));
    }
    return bytes;
  }

  /** Buffers alive, layer by layer: what begins at a layer less what ended with the one before. */
  private static List<Long> peMemory(Mapping mapping) {
    long[] change = new long[mapping.layers().size() + 1];
    for (Buffer buffer : mapping.memory().buffers()) {
      change[Math.max(0, buffer.firstStep())] += buffer.bytes();
      change[Math.min(buffer.lastStep() + 1, change.length - 1)] -= buffer.bytes();
    }
    long alive = 0;
    for (int i = 0; i < change.length; i++) {
      alive += change[i];
      change[i] = alive;
    }
    return LongStream.of(change).limit(mapping.layers().size()).boxed().toList();
  }
}
