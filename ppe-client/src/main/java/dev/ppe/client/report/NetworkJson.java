package dev.ppe.client.report;

import com.google.gson.stream.JsonWriter;
import dev.ppe.client.report.Network.Operation;
import dev.ppe.simulator.graph.Graph;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Networks as JSON Lines. Counts are strings, as 64-bit integers are in the answers to estimates.
 */
public final class NetworkJson implements NetworkWriter {
  private final PrintWriter out;

  /** Writes to {@code out}. */
  public NetworkJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  @SuppressWarnings("resource") // closing it would close standard output
  public void write(Graph graph) {
    Network network = Network.of(graph);
    try {
      JsonWriter json = new JsonWriter(out);
      json.beginObject();
      json.name("modelName").value(network.name());
      json.name("graphHash").value(network.graphHash());
      array(json, "inputs", network.inputs());
      array(json, "outputs", network.outputs());
      json.name("macs").value(Long.toString(network.macs()));
      json.name("parameters").value(Long.toString(network.parameters()));
      json.name("operators").beginArray();
      for (Operation operation : network.operators()) {
        write(json, operation);
      }
      json.endArray();
      json.endObject();
      json.flush();
      out.print('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonWriter json, Operation operation) throws IOException {
    json.beginObject();
    json.name("name").value(operation.name());
    json.name("kind").value(operation.kind());
    array(json, "inputs", operation.inputs());
    array(json, "outputs", operation.outputs());
    json.name("type").value(operation.type());
    json.name("macs").value(Long.toString(operation.macs()));
    json.name("parameters").value(Long.toString(operation.parameters()));
    json.endObject();
  }

  private static void array(JsonWriter json, String name, List<String> texts) throws IOException {
    json.name(name).beginArray();
    for (String text : texts) {
      json.value(text);
    }
    json.endArray();
  }
}
