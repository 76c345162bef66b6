package dev.ppe.client;

import io.grpc.Status;
import java.util.regex.Pattern;

/**
 * Whether, in the words of gRPC's libraries (of Java, proxies, Go, Node and .NET), a server has not
 * got the method that it was asked for: it is another program's, or of another version. A server
 * that has it, and cannot do what the request wants, words it otherwise.
 */
final class Unoffered {
  private static final Pattern SIGN =
      Pattern.compile(
          "Method not found|HTTP status code 404|unknown (service|method)"
              + "|does not implement the method|(service|method) is unimplemented",
          Pattern.CASE_INSENSITIVE);

  private Unoffered() {}

  static boolean by(Status status) {
    String description = status.getDescription();
    return status.getCode() == Status.Code.UNIMPLEMENTED
        && description != null
        && SIGN.matcher(description).find();
  }
}
