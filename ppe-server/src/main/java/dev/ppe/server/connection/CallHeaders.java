package dev.ppe.server.connection;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What headers of HTTP/2 must have to be those of a call ("gRPC over HTTP2", Requests). gRPC looks
 * at them, too; but it takes what is wrong with them for the server's fault (INTERNAL), or fails.
 */
final class CallHeaders {
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  private static final AsciiString HOST = AsciiString.cached("host");
  private static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);
  private static final Pattern GRPC = Pattern.compile("application/grpc([+;].*)?");
  private static final Pattern DURATION = Pattern.compile("[0-9]{1,8}[HMSmun]");

  /** Of gRPC, which has its own status besides. */
  private static final String ANSWERED = "200";

  private CallHeaders() {}

  /**
   * What is wrong with headers.
   *
   * @param httpStatus how HTTP has it
   * @param words for people
   */
  record Fault(String httpStatus, String words) {}

  /** What is wrong with {@code headers}, if anything is that gRPC does not answer well. */
  static Optional<Fault> faultOf(Http2Headers headers) {
    CharSequence path = headers.path();
    if (path == null || path.isEmpty() || path.charAt(0) != '/') {
      return Optional.of(new Fault("404", ":path is not /SERVICE/METHOD"));
    }
    if (!"POST".contentEquals(Optional.ofNullable(headers.method()).orElse(""))) {
      return Optional.of(new Fault("405", ":method is not POST"));
    }
    if (!isGrpc(Optional.ofNullable(headers.get(CONTENT_TYPE)).orElse("").toString())) {
      return Optional.of(new Fault("415", "content-type is not application/grpc"));
    }
    if (headers.authority() == null && headers.getAll(HOST).size() > 1) {
      return Optional.of(new Fault(ANSWERED, "host is there more than once"));
    }
    if (!headers.getAll(TIMEOUT).stream().allMatch(time -> DURATION.matcher(time).matches())) {
      return Optional.of(
          new Fault(
              ANSWERED, "grpc-timeout is not a number of 8 digits at most and a unit of HMSmun"));
    }
    return Optional.empty();
  }

  private static boolean isGrpc(String type) {
    return type.equals("application/grpc") || GRPC.matcher(type.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether messages may be packed that come with {@code headers}. */
  static boolean mayPack(Metadata headers) {
    return Optional.ofNullable(headers.get(ENCODING))
        .filter(encoding -> !encoding.equals("identity"))
        .isPresent();
  }
}
