package dev.ppe.wire;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator.TimedEvaluation;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.power.PowerTrace;
import dev.ppe.simulator.report.Timeline;
import dev.ppe.v1.PowerStep;
import dev.ppe.v1.Span;

/** Timelines as messages. */
final class TimelineEncoder {
  private TimelineEncoder() {}

  static dev.ppe.v1.Timeline timeline(TimedEvaluation timed, Interruption interruption) {
    Timeline timeline = timed.timeline();
    dev.ppe.v1.Timeline.Builder message =
        dev.ppe.v1.Timeline.newBuilder()
            .addAllPeMemoryBytes(timeline.peMemoryBytes())
            .addAllParameterMemoryBytes(timeline.parameterMemoryBytes())
            .setMerged(timeline.merged());
    for (Timeline.Span span : timeline.spans()) {
      interruption.check();
      message.addSpans(span(span));
    }
    for (PowerTrace.Step step : timed.evaluation().power().trace().steps()) {
      interruption.check();
      message.addPower(
          PowerStep.newBuilder().setStartUs(step.startUs()).setPowerMw(step.milliwatts()));
    }
    return message.build();
  }

  private static Span span(Timeline.Span span) {
    Span.Builder message =
        Span.newBuilder()
            .setEngine(Enums.ENGINE.encode(span.engine()))
            .setCause(Enums.CAUSE.encode(span.cause()))
            .setStartCycle(span.startCycle())
            .setCycles(span.cycles())
            .setBytes(span.bytes());
    if (span.layer() != Instruction.NO_LAYER) {
      message.setLayer(span.layer());
    }
    return message.build();
  }
}
