package dev.ppe.server.observe;

import io.grpc.Metadata;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Names of requests: the client's own, from the metadata {@code x-request-id}, or one that no other
 * server gives. Answers carry it in the same metadata.
 */
final class RequestIds {
  static final Metadata.Key<String> KEY =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String process = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  private final AtomicLong number = new AtomicLong();

  String of(Metadata headers) {
    String given = headers.get(KEY);
    return given != null && USABLE.matcher(given).matches()
        ? given
        : process + "-" + Long.toHexString(number.incrementAndGet());
  }
}
