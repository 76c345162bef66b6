package dev.ppe.client.report.trace;

import com.google.gson.stream.JsonWriter;
import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.Engines;
import dev.ppe.v1.Engine;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Timelines in Chrome's trace format, which Perfetto opens too: a process for each model, a track
 * for each engine, an event for each instruction, and counters.
 */
public final class TraceWriter {
  private final JsonWriter json;
  private int processes;

  /** Writes to {@code out}, which the caller closes. */
  public TraceWriter(OutputStream out) throws IOException {
    json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    json.beginObject();
    json.name("displayTimeUnit").value("ns");
    json.name("traceEvents").beginArray();
  }

  /** The next model's timeline. */
  public void write(EstimateResponse response) throws IOException {
    TraceEvents events = new TraceEvents(json, ++processes);
    Clock clock = Clock.of(response);
    events.name(
        "process",
        0,
        "%s on %s%s"
            .formatted(
                response.getModelName(),
                response.getAccelerator(),
                response.getTimeline().getMerged() ? " (instructions merged)" : ""));
    Set<Engine> engines = EnumSet.noneOf(Engine.class);
    for (Span span : response.getTimeline().getSpansList()) {
      engines.add(span.getEngine());
    }
    for (Engine engine : engines) {
      events.name("thread", track(engine), Engines.name(engine));
    }
    for (Span span : response.getTimeline().getSpansList()) {
      span(events, clock, response, span);
    }
    new Counters(response, clock, events).write();
  }

  private static void span(TraceEvents events, Clock clock, EstimateResponse response, Span span)
      throws IOException {
    Map<String, Object> args = new LinkedHashMap<>();
    args.put("cycles", span.getCycles());
    if (span.getBytes() > 0) {
      args.put("bytes", span.getBytes());
    }
    String name = Causes.name(span.getCause());
    if (span.hasLayer()) {
      Layer layer = response.getLayers(span.getLayer());
      name = layer.getName();
      args.put("kind", layer.getKind());
    }
    long start = span.getStartCycle();
    events.span(
        name,
        Causes.name(span.getCause()),
        track(span.getEngine()),
        clock.nanos(start),
        clock.nanos(start + span.getCycles()),
        args);
  }

  /** An engine's place among the tracks: its number on the wire. */
  private static int track(Engine engine) {
    return engine == Engine.UNRECOGNIZED ? Integer.MAX_VALUE : engine.getNumber();
  }

  /** Ends the file; what is written is flushed. */
  public void end() throws IOException {
    json.endArray();
    json.endObject();
    json.flush();
  }
}
