package dev.ppe.client.report.trace;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Events of Chrome's trace format (its "Trace Event Format" document names the keys): times in
 * microseconds, here to the nanosecond.
 *
 * @param json the list of events
 * @param process which model
 */
record TraceEvents(JsonWriter json, int process) {
  private static final int NANOS_DECIMALS = 3;

  /** Names a process or one of its tracks, and puts it in order. */
  void name(String what, int track, String name) throws IOException {
    metadata(what + "_name", track);
    json.name("name").value(name);
    end();
    metadata(what + "_sort_index", track);
    json.name("sort_index").value(what.equals("process") ? process : track);
    end();
  }

  private void metadata(String kind, int track) throws IOException {
    begin(kind, "M");
    json.name("tid").value(track);
    json.name("args").beginObject();
  }

  /** Something that took time. */
  void span(
      String name,
      String category,
      int track,
      long startNs,
      long finishNs,
      Map<String, Object> args)
      throws IOException {
    begin(name, "X");
    json.name("cat").value(category);
    json.name("tid").value(track);
    json.name("ts").value(micros(startNs));
    json.name("dur").value(micros(finishNs - startNs));
    json.name("args").beginObject();
    for (Map.Entry<String, Object> arg : args.entrySet()) {
      json.name(arg.getKey());
      if (arg.getValue() instanceof Number number) {
        json.value(number);
      } else {
        json.value(arg.getValue().toString());
      }
    }
    end();
  }

  /** The value of a counter from now on. */
  void counter(String name, String unit, long atNs, Number value) throws IOException {
    begin(name, "C");
    json.name("ts").value(micros(atNs));
    json.name("args").beginObject();
    json.name(unit).value(value);
    end();
  }

  private void begin(String name, String phase) throws IOException {
    json.beginObject();
    json.name("name").value(name);
    json.name("ph").value(phase);
    json.name("pid").value(process);
  }

  private void end() throws IOException {
    json.endObject(); // args
    json.endObject();
  }

  private static BigDecimal micros(long nanos) {
    return BigDecimal.valueOf(nanos, NANOS_DECIMALS);
  }
}
