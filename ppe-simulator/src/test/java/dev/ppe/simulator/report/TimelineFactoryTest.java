package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Timeline.Span;
import dev.ppe.simulator.simulate.Machine;
import dev.ppe.simulator.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a timeline shows is what the machine did. */
class TimelineFactoryTest {
  private record Ran(Mapping mapping, Program program, Machine.Run run) {
    Timeline timeline(int most) {
      return TimelineFactory.of(mapping, program, run.schedule(), most, Interruption.NEVER);
    }
  }

  private static Ran ran(String accelerator) {
    Mapping mapping =
        Compiler.map(
            CanonicalGraph.of(Zoo.find("mobilenet_v2").orElseThrow().graph()),
            Presets.get(accelerator),
            Interruption.NEVER);
    Program program = Scheduler.program(mapping, Interruption.NEVER);
    return new Ran(mapping, program, Machine.observe(program, Interruption.NEVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1", "systolic-32x32-os"})
  void spansOfAnEngineFollowEachOtherAndHoldAllItsCycles(String accelerator) {
    Ran ran = ran(accelerator);

    Timeline timeline = ran.timeline(Timeline.MOST_SPANS);

    assertThat(timeline.merged()).isFalse();
    for (Resource engine : Resource.values()) {
      long free = 0;
      for (Span span : of(timeline, engine)) {
        assertThat(span.startCycle()).isGreaterThanOrEqualTo(free);
        free = span.finishCycle();
      }
    }
    assertThat(of(timeline, Resource.ARRAY).stream().mapToLong(Span::cycles).sum())
        .isEqualTo(
            ran.run().activity().layers().stream().mapToLong(layer -> layer.arrayCycles()).sum());
    assertThat(timeline.spans().stream().mapToLong(Span::finishCycle).max())
        .hasValue(ran.run().activity().cycles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1"})
  void tooManyInstructionsBecomeOneSpanForEachLayerEngineAndCause(String accelerator) {
    Ran ran = ran(accelerator);
    Timeline whole = ran.timeline(Timeline.MOST_SPANS);

    Timeline merged = ran.timeline(whole.spans().size() - 1);

    assertThat(merged.merged()).isTrue();
    assertThat(merged.spans()).hasSizeLessThan(whole.spans().size());
    assertThat(bytes(merged)).isEqualTo(bytes(whole));
    assertThat(merged.spans().stream().map(s -> List.of(s.engine(), s.layer(), s.cause())))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1"})
  void theMostOfTheMemoryInUseIsTheLowerBoundOfItsPlan(String accelerator) {
    Ran ran = ran(accelerator);

    Timeline timeline = ran.timeline(Timeline.MOST_SPANS);

    assertThat(timeline.peMemoryBytes()).hasSize(ran.mapping().layers().size());
    assertThat(timeline.peMemoryBytes().stream().mapToLong(Long::longValue).max())
        .hasValue(ran.mapping().memory().lowerBoundBytes());
  }

  private static List<Span> of(Timeline timeline, Resource engine) {
    return timeline.spans().stream().filter(span -> span.engine() == engine).toList();
  }

  private static long bytes(Timeline timeline) {
    return timeline.spans().stream()
        .filter(span -> span.cause() != Cause.COMPUTE)
        .mapToLong(Span::bytes)
        .sum();
  }
}
