package dev.ppe.client.report.trace;

import dev.ppe.report.answer.Engines;
import dev.ppe.v1.Engine;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.PowerStep;
import dev.ppe.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What varies over an inference: memory in use, bandwidth of each link, power. */
final class Counters {
  private final EstimateResponse response;
  private final Clock clock;
  private final TraceEvents events;

  Counters(EstimateResponse response, Clock clock, TraceEvents events) {
    this.response = response;
    this.clock = clock;
    this.events = events;
  }

  void write() throws IOException {
    memory("PE memory", response.getTimeline().getPeMemoryBytesList(), 0);
    memory(
        "parameter memory",
        response.getTimeline().getParameterMemoryBytesList(),
        response.getMemory().getParamsCachedBytes());
    bandwidth();
    power();
  }

  /**
   * Bytes in use, as each layer begins: activations in one PE's memory, parameters in all of
   * theirs.
   *
   * @param after what is still in use when the inference has ended
   */
  private void memory(String name, List<Long> bytes, long after) throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < Math.min(bytes.size(), response.getLayersCount()); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> response.getLayers(i).getStartCycle()));
    for (int i : order) {
      long start = clock.nanos(response.getLayers(i).getStartCycle());
      events.counter(name, "bytes", start, bytes.get(i));
    }
    events.counter(name, "bytes", end(), after);
  }

  /** Of each engine that moves bytes, in MB/s: bytes a nanosecond are GB/s. */
  private void bandwidth() throws IOException {
    Map<Engine, Span> last = new EnumMap<>(Engine.class);
    for (Span span : response.getTimeline().getSpansList()) {
      if (span.getBytes() == 0) {
        continue;
      }
      Span before = last.put(span.getEngine(), span);
      if (before != null && finish(before) < span.getStartCycle()) {
        stop(before);
      }
      long start = clock.nanos(span.getStartCycle());
      long nanos = Math.max(1, clock.nanos(finish(span)) - start);
      events.counter(
          Engines.name(span.getEngine()) + " bandwidth",
          "MB/s",
          start,
          span.getBytes() * 1000 / nanos);
    }
    for (Span span : last.values()) {
      stop(span);
    }
  }

  private void stop(Span span) throws IOException {
    events.counter(
        Engines.name(span.getEngine()) + " bandwidth", "MB/s", clock.nanos(finish(span)), 0);
  }

  /**
   * Of the accelerator with its memories, all that takes any; idling when the inference has ended.
   */
  private void power() throws IOException {
    for (PowerStep step : response.getTimeline().getPowerList()) {
      events.counter(
          "power", "mW", Math.round(step.getStartUs() * 1e3), Math.round(step.getPowerMw()));
    }
    if (response.getTimeline().getPowerCount() > 0) {
      events.counter("power", "mW", end(), Math.round(response.getPower().getIdlePowerMw()));
    }
  }

  private long end() {
    return Math.round(response.getLatencyUs() * 1e3);
  }

  private static long finish(Span span) {
    return span.getStartCycle() + span.getCycles();
  }
}
