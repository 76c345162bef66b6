package dev.ppe.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.config.TracingSettings;
import dev.ppe.server.observe.CallObserver;
import dev.ppe.server.observe.EncodedTask;
import dev.ppe.server.observe.Observation;
import dev.ppe.server.observe.ObservedCall;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceImplBase;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.to(
          new TracingSettings("http://unused", 100, "ppe-server"),
          SimpleSpanProcessor.create(exporter));
  private Server server;
  private ManagedChannel channel;

  /** Answers, unless the model is called bad. */
  private static final class Service extends PowerPerformanceEvaluationServiceImplBase {
    @Override
    public void estimate(EstimateRequest request, StreamObserver<EstimateResponse> responses) {
      Observation observation =
          ObservedCall.current().begin(EncodedTask.of(request.toByteArray()).described());
      if (request.getModelName().equals("bad")) {
        observation.failed(new IllegalArgumentException("bad"));
        responses.onError(Status.INVALID_ARGUMENT.asRuntimeException());
      } else {
        observation.answered();
        responses.onNext(EstimateResponse.getDefaultInstance());
        responses.onCompleted();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(
                ServerInterceptors.interceptForward(
                    new Service(), tracing.interceptor(), new CallObserver(List.of(tracing))))
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("localhost:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    tracing.close(Duration.ofSeconds(5));
  }

  private void estimate(String model, String traceparent) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), traceparent);
    metadata.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), "r-7");
    var stub =
        PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    try {
      stub.estimate(EstimateRequest.newBuilder().setModelName(model).build());
    } catch (io.grpc.StatusRuntimeException e) {
      assertThat(model).isEqualTo("bad");
    }
  }

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCallIsAChildOfTheClientsSpanAndItsRequestAChildOfTheCall() {
    estimate("net", "00-" + TRACE + "-" + PARENT + "-01");
    SpanData call = span("ppe.v1.PowerPerformanceEvaluationService/Estimate");
    SpanData request = span("estimate");
    assertThat(call.getTraceId()).isEqualTo(TRACE);
    assertThat(call.getParentSpanId()).isEqualTo(PARENT);
    assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(request.getTraceId()).isEqualTo(TRACE);
    assertThat(request.getParentSpanId()).isEqualTo(call.getSpanId());
    assertThat(request.getAttributes().get(AttributeKey.stringKey("ppe.model"))).isEqualTo("net");
    assertThat(request.getAttributes().get(AttributeKey.stringKey("ppe.request_id")))
        .isEqualTo("r-7");
    assertThat(request.getEndEpochNanos()).isGreaterThanOrEqualTo(request.getStartEpochNanos());
    assertThat(call.getResource().getAttribute(AttributeKey.stringKey("service.name")))
        .isEqualTo("ppe-server");
  }

  @Test
  void aFailureHasItsCode() {
    estimate("bad", "00-" + TRACE + "-" + PARENT + "-01");
    for (SpanData span : exporter.getFinishedSpanItems()) {
      assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(span.getStatus().getDescription()).isEqualTo("INVALID_ARGUMENT");
      assertThat(span.getAttributes().get(AttributeKey.longKey("rpc.grpc.status_code")))
          .isEqualTo(3);
    }
    assertThat(exporter.getFinishedSpanItems()).hasSize(2);
  }

  @Test
  void whatTheClientDoesNotSampleIsNotSampledHere() {
    estimate("net", "00-" + TRACE + "-" + PARENT + "-00");
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void nonsenseInTheMetadataBeginsATraceOfItsOwn() {
    estimate("net", "nonsense");
    assertThat(span("estimate").getTraceId()).isNotEqualTo(TRACE);
  }

  @Test
  void withoutAnEndpointThereIsNothingThatCouldTrace() {
    assertThat(Tracing.of(TracingSettings.NONE)).isEmpty();
  }
}
