package dev.ppe.client.report.trace;

import dev.ppe.v1.Engine;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    peMemory();
    bandwidth();
    power();
  }

  /** Of one PE, as each layer begins. */
  private void peMemory() throws IOException {
    List<Long> bytes = response.getTimeline().getPeMemoryBytesList();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < Math.min(bytes.size(), response.getLayersCount()); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> response.getLayers(i).getStartCycle()));
    for (int i : order) {
      long start = clock.nanos(response.getLayers(i).getStartCycle());
      events.counter("PE memory", "bytes", start, bytes.get(i));
    }
    events.counter("PE memory", "bytes", end(), 0);
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
          Tracks.name(span.getEngine()) + " bandwidth",
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
        Tracks.name(span.getEngine()) + " bandwidth", "MB/s", clock.nanos(finish(span)), 0);
  }

  /** Each layer's energy spread over the time from its first instruction to its last. */
  private void power() throws IOException {
    TreeMap<Long, Double> change = new TreeMap<>();
    for (Layer layer : response.getLayersList()) {
      long start = clock.nanos(layer.getStartCycle());
      long finish = clock.nanos(layer.getFinishCycle());
      if (finish > start && layer.getEnergyUj() > 0) {
        double milliwatts = layer.getEnergyUj() * 1e6 / (finish - start); // uJ/ns are kW
        change.merge(start, milliwatts, Double::sum);
        change.merge(finish, -milliwatts, Double::sum);
      }
    }
    double power = 0;
    for (Map.Entry<Long, Double> step : change.entrySet()) {
      power += step.getValue();
      events.counter("power of layers", "mW", step.getKey(), Math.max(0, Math.round(power)));
    }
  }

  private long end() {
    return Math.round(response.getLatencyUs() * 1e3);
  }

  private static long finish(Span span) {
    return span.getStartCycle() + span.getCycles();
  }
}
