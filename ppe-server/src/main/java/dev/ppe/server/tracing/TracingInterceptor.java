package dev.ppe.server.tracing;

import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A span for each call, in the form of OpenTelemetry's conventions for gRPC servers. */
final class TracingInterceptor implements ServerInterceptor {
  private static final io.grpc.Context.Key<Context> KEY = io.grpc.Context.key("ppe-trace");

  private final Tracer tracer;

  TracingInterceptor(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The span of the current call, as the parent of others. */
  static Context currentCall() {
    return Optional.ofNullable(KEY.get()).orElse(Context.root());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodDescriptor<Q, A> method = call.getMethodDescriptor();
    Context parent =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), headers, MetadataGetter.INSTANCE);
    Span span =
        tracer
            .spanBuilder(method.getFullMethodName())
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("rpc.system", "grpc")
            .setAttribute("rpc.service", String.valueOf(method.getServiceName()))
            .setAttribute("rpc.method", String.valueOf(method.getBareMethodName()))
            .startSpan();
    ServerCall.Listener<Q> listener =
        Contexts.interceptCall(
            io.grpc.Context.current().withValue(KEY, parent.with(span)),
            new SimpleForwardingServerCall<>(call) {
              @Override
              public void close(Status status, Metadata trailers) {
                Tracing.end(span, status.getCode()).end();
                super.close(status, trailers);
              }
            },
            headers,
            next);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onCancel() {
        super.onCancel();
        Tracing.end(span, Status.Code.CANCELLED).end(); // does nothing if it has ended already
      }
    };
  }

  private enum MetadataGetter implements TextMapGetter<Metadata> {
    INSTANCE;

    @Override
    public @Nullable String get(@Nullable Metadata headers, String key) {
      return headers == null
          ? null
          : headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
    }
  }
}
