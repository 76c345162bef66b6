package dev.ppe.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says where a call's answers came from, in the trailer {@code ppe-cache}: {@code hit}, {@code
 * computed} or {@code shared}, each with how many, {@code computed=2, hit=7}. The messages are the
 * same in any case.
 */
final class CacheMetadata implements ServerInterceptor {
  static final Metadata.Key<String> TRAILER =
      Metadata.Key.of("ppe-cache", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<OfCall> KEY = Context.key("ppe-cache");

  /** The current call's. */
  static OfCall ofCall() {
    OfCall metadata = KEY.get();
    return metadata == null ? new OfCall() : metadata;
  }

  /** What is said about one call. */
  static final class OfCall {
    private final Map<CacheStatus, Integer> counts = new EnumMap<>(CacheStatus.class);

    /** One more answer. */
    synchronized void add(CacheStatus status) {
      counts.merge(status, 1, Integer::sum);
    }

    private synchronized void writeTo(Metadata trailers) {
      if (!counts.isEmpty()) {
        trailers.put(
            TRAILER,
            counts.entrySet().stream()
                .map(entry -> entry.getKey().text() + "=" + entry.getValue())
                .collect(Collectors.joining(", ")));
      }
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    OfCall metadata = new OfCall();
    ServerCall<Q, A> saying =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            metadata.writeTo(trailers);
            super.close(status, trailers);
          }
        };
    return Contexts.interceptCall(
        Context.current().withValue(KEY, metadata), saying, headers, next);
  }
}
