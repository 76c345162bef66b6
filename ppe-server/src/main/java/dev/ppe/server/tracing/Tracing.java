package dev.ppe.server.tracing;

import dev.ppe.server.config.TracingSettings;
import dev.ppe.server.observe.RequestListener;
import dev.ppe.server.observe.RequestRecord;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One span for each call, as a child of the client's where it sends a {@code traceparent}, and in
 * it one for each estimate. A server without traces has no object of this class.
 */
public final class Tracing implements RequestListener {
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Tracing(TracingSettings settings, SpanProcessor processor) {
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.builder().put(SERVICE_NAME, settings.serviceName()).build())
            .setSampler(
                Sampler.parentBased(Sampler.traceIdRatioBased(settings.samplePercent() / 100.0)))
            .addSpanProcessor(processor)
            .build();
    tracer = provider.get("dev.ppe.server");
  }

  /** Traces that go to the endpoint of {@code settings}; none if there is no endpoint. */
  public static Optional<Tracing> of(TracingSettings settings) {
    if (!settings.enabled()) {
      return Optional.empty();
    }
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint()).build();
    return Optional.of(to(settings, BatchSpanProcessor.builder(exporter).build()));
  }

  /** Traces that go to {@code processor}, whatever endpoint {@code settings} have. */
  public static Tracing to(TracingSettings settings, SpanProcessor processor) {
    return new Tracing(settings, processor);
  }

  /** Makes the spans of calls. */
  public ServerInterceptor interceptor() {
    return new TracingInterceptor(tracer);
  }

  @Override
  public void finished(RequestRecord request, Optional<Throwable> failure) {
    if (!request.isEstimate()) {
      return; // the call's own span tells all of it
    }
    Instant start = request.start();
    Span span =
        tracer
            .spanBuilder("estimate")
            .setParent(TracingInterceptor.currentCall())
            .setStartTimestamp(start)
            .setAttribute("ppe.request_id", request.id())
            .setAttribute("ppe.client", request.client().name())
            .setAttribute("ppe.model", request.task().model())
            .setAttribute("ppe.accelerator", request.task().accelerator())
            .setAttribute("ppe.fidelity", request.task().fidelity())
            .setAttribute("ppe.request_bytes", request.task().bytes())
            .startSpan();
    end(span, request.code()).end(start.plusNanos(request.nanos()));
  }

  static Span end(Span span, Status.Code code) {
    span.setAttribute("rpc.grpc.status_code", code.value());
    return code == Status.Code.OK ? span : span.setStatus(StatusCode.ERROR, code.name());
  }

  /** Ends, and sends what has not been sent, for {@code time} at most. */
  public void close(Duration time) {
    provider.shutdown().join(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
  }
}
