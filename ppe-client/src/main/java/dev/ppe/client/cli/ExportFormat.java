package dev.ppe.client.cli;

import dev.ppe.client.report.NetworkMessage;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.keras.KerasWriter;
import dev.ppe.simulator.format.onnx.export.OnnxWriter;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.Graph;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What networks are written as. */
public enum ExportFormat {
  TFLITE,
  ONNX,
  JSON,
  KERAS;

  /** Whether the files are for programs alone, and hold weights. */
  public boolean isBinary() {
    return switch (this) {
      case TFLITE, ONNX -> true;
      case JSON, KERAS -> false;
    };
  }

  /**
   * Writes a network to {@code out}, which stays open.
   *
   * @throws IllegalArgumentException if the format cannot express a node, which it names
   */
  public void write(Graph graph, Weights weights, OutputStream out) throws IOException {
    switch (this) {
      case TFLITE -> {
        ByteBuffer file = TfliteWriter.write(graph, weights);
        WritableByteChannel channel = Channels.newChannel(out);
        while (file.hasRemaining()) {
          channel.write(file);
        }
      }
      case ONNX -> OnnxWriter.write(graph, weights, out);
      case JSON, KERAS -> {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(text(graph));
        text.flush();
      }
    }
  }

  /** A network as text. */
  String text(Graph graph) {
    return switch (this) {
      case JSON -> {
        StringWriter text = new StringWriter();
        PrintWriter printer = new PrintWriter(text);
        new NetworkMessage(printer).write(graph);
        printer.flush();
        yield text.toString();
      }
      case KERAS -> KerasWriter.write(graph);
      case TFLITE, ONNX -> throw new IllegalStateException(this + " is no text");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
