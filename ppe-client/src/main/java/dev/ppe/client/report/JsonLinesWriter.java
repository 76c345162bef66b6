package dev.ppe.client.report;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;

/**
 * JSON Lines: a message a line in proto's JSON mapping, with fields of value 0 printed, so that
 * every line has the same keys. 64-bit integers are strings there.
 */
public final class JsonLinesWriter implements AnswerWriter {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private final PrintWriter out;

  /** Writes to {@code out}. */
  public JsonLinesWriter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(Answer answer) {
    line(answer.response());
  }

  /** Any message as a line. */
  public void line(MessageOrBuilder message) {
    out.print(text(message));
    out.print('\n'); // JSON Lines says so, on every system
  }

  /** Any message as JSON without line breaks. */
  public static String text(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no message here holds an Any", e);
    }
  }
}
