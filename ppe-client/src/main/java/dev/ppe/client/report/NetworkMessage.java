package dev.ppe.client.report;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.wire.GraphCodec;
import java.io.PrintWriter;

/** Networks as JSON Lines of the contract's Graph message, which requests take. */
public final class NetworkMessage implements NetworkWriter {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final PrintWriter out;

  /** Writes to {@code out}. */
  public NetworkMessage(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(Graph graph) {
    try {
      out.print(PRINTER.print(GraphCodec.encode(graph)));
      out.print('\n');
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no message here holds an Any", e);
    }
  }
}
