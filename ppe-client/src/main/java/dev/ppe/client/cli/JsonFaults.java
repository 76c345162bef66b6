package dev.ppe.client.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with JSON text, for people who do not know which library read it. */
final class JsonFaults {
  private static final Pattern POSITION = Pattern.compile("at line \\d+ column \\d+ path \\S+");

  private JsonFaults() {}

  /** The position of a mistake in the JSON itself, else what does not fit the message. */
  static String describe(InvalidProtocolBufferException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    Matcher position = POSITION.matcher(message);
    if (message.contains("java.io.EOFException")) {
      return "malformed JSON, it ends too early" + (position.find() ? " " + position.group() : "");
    }
    if (message.contains("com.google.gson") || message.contains("setStrictness")) {
      return "malformed JSON" + (position.find() ? " " + position.group() : "");
    }
    return message;
  }
}
