package dev.ppe.client;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Why a server cannot be reached, in words that say what to do about it. */
public final class Unreachable {
  /** How netty begins the messages of its native transport. */
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("^\\w+\\(.*\\) failed with error\\(-?\\d+\\): ");

  /** What libraries say of one cause, and what people should read. */
  private record Translation(Pattern sign, String text) {
    static Translation of(String sign, String text) {
      return new Translation(Pattern.compile(sign, Pattern.CASE_INSENSITIVE), text);
    }
  }

  private static final List<Translation> TRANSLATIONS =
      List.of(
          Translation.of(
              "NotSslRecordException|Unsupported or unrecognized SSL message",
              "the server does not speak TLS; leave out --tls and --tls-ca"),
          Translation.of(
              "Health-check service responded", "it says that it is not ready, or about to end"),
          Translation.of(
              "Hex dump for first \\d+ bytes: 485454502f",
              "HTTP/1 is spoken there: perhaps the server's admin port, and gRPC is on another"),
          Translation.of(
              "Hex dump for first \\d+ bytes: 1503",
              "the server speaks TLS; give --tls or --tls-ca"),
          Translation.of(
              "CertificateExpired|CertificateNotYetValid",
              "the server's certificate has ended or is not yet valid"),
          Translation.of(
              "No subject alternative|No name matching",
              "the server's certificate is for another host"),
          Translation.of(
              "path building failed|unable to find valid certification path",
              "the server's certificate is not of an authority that is trusted; --tls-ca names"
                  + " one"),
          Translation.of(
              "alert.*certificate_required",
              "the server wants a certificate of an authority that it trusts; --tls-cert and"
                  + " --tls-key give one"),
          Translation.of(
              "alert.*(unknown_ca|certificate_unknown|bad_certificate|certificate_expired"
                  + "|unsupported_certificate)",
              "the server does not accept the certificate of --tls-cert"));

  private static final Pattern CLOSED =
      Pattern.compile(
          "Network closed for unknown reason|First received frame was not SETTINGS|Connection reset");

  private Unreachable() {}

  /** Whether a status tells of a connection rather than of a call; not all such are unavailable. */
  public static boolean by(Status status) {
    boolean words =
        status.getCode() == Status.Code.INTERNAL
            && causes(status).stream().anyMatch(cause -> cause.contains("was not SETTINGS"));
    return status.getCode() == Status.Code.UNAVAILABLE || words;
  }

  /**
   * The reason in a status.
   *
   * @param encrypted whether the client speaks TLS
   */
  public static String reason(Status status, boolean encrypted) {
    List<String> causes = causes(status);
    for (Translation translation : TRANSLATIONS) {
      if (causes.stream().anyMatch(cause -> translation.sign().matcher(cause).find())) {
        return translation.text();
      }
    }
    if (!encrypted && causes.stream().anyMatch(cause -> CLOSED.matcher(cause).find())) {
      return "the server closed the connection; where it speaks TLS, give --tls or --tls-ca";
    }
    return untranslated(status);
  }

  private static List<String> causes(Status status) {
    List<String> causes = new ArrayList<>();
    causes.add(String.valueOf(status.getDescription()));
    Throwable cause = status.getCause();
    for (int depth = 0; cause != null && depth < 16; depth++) {
      causes.add(cause.toString());
      cause = cause.getCause();
    }
    return causes;
  }

  /** "Connection refused" stands in the cause, behind a description that says "io exception". */
  private static String untranslated(Status status) {
    Throwable cause = status.getCause();
    if (cause != null && cause.getMessage() != null) {
      return SYSTEM_CALL.matcher(cause.getMessage()).replaceFirst("");
    }
    String description = status.getDescription();
    return description == null ? "unavailable" : description;
  }
}
