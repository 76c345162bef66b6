package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.Node;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.wire.Estimator;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends has its code, and the server answers the next request. */
class BadRequestTest {
  private static Loopback loopback;

  @BeforeAll
  static void start() throws IOException {
    loopback =
        Loopback.start(
            Map.of("maxMessageBytes", 100_000, "maxModelBytes", 50_000, "maxNodes", 100));
  }

  @AfterAll
  static void stop() {
    loopback.close();
  }

  private static EstimateRequest.Builder small() {
    return Requests.small().toBuilder();
  }

  static Stream<Arguments> badRequests() {
    EstimateRequest.Builder twisted = small();
    twisted.getGraphBuilder().setNodes(0, Node.newBuilder().addInputs(77));
    return Stream.of(
        Arguments.of(EstimateRequest.newBuilder(), Code.INVALID_ARGUMENT, "model is missing"),
        Arguments.of(Requests.bad().toBuilder(), Code.INVALID_ARGUMENT, ""),
        Arguments.of(small().setTflite(ByteString.EMPTY), Code.INVALID_ARGUMENT, "empty"),
        Arguments.of(twisted, Code.INVALID_ARGUMENT, "nodes"),
        Arguments.of(small().setBatch(-1), Code.INVALID_ARGUMENT, "batch"),
        Arguments.of(small().setFidelityValue(99), Code.INVALID_ARGUMENT, "fidelity"),
        Arguments.of(small().setDetailValue(99), Code.INVALID_ARGUMENT, "detail"),
        Arguments.of(small().setPrecisionValue(99), Code.INVALID_ARGUMENT, "precision"),
        Arguments.of(
            small().setAcceleratorSpec(Accelerator.getDefaultInstance()),
            Code.INVALID_ARGUMENT,
            "accelerator_spec"),
        Arguments.of(small().setAcceleratorName("abacus"), Code.NOT_FOUND, "abacus"),
        Arguments.of(
            Requests.of(Requests.chain(101)).toBuilder(), Code.RESOURCE_EXHAUSTED, "nodes"),
        Arguments.of(
            small().setTflite(ByteString.copyFrom(new byte[50_001])),
            Code.RESOURCE_EXHAUSTED,
            "the limit is 50000"),
        Arguments.of(
            small().setTflite(ByteString.copyFrom(new byte[100_001])),
            Code.RESOURCE_EXHAUSTED,
            "exceeds maximum size"));
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void aBadRequestHasItsCode(EstimateRequest.Builder request, Code code, String message) {
    Status status =
        Status.fromThrowable(catchThrowable(() -> loopback.blocking().estimate(request.build())));
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(message);
    assertThatTheServerStillAnswers();
  }

  @Test
  void anAcceleratorThatThereIsNotIsNotFound() {
    GetAcceleratorRequest request = GetAcceleratorRequest.newBuilder().setName("abacus").build();
    Status status =
        Status.fromThrowable(catchThrowable(() -> loopback.blocking().getAccelerator(request)));
    assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(status.getDescription()).contains("abacus").contains("coral-usb");
  }

  @Test
  void bytesThatAreNoMessageAreInvalid() {
    assertThat(statusOfBytes(new byte[] {0x0a, 0x7f, 1, 2}).getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(statusOfBytes(new byte[] {-1, -1, -1}).getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThatTheServerStillAnswers();
  }

  @Test
  void aCallWithoutARequestIsInvalid() throws Exception {
    CompletableFuture<Status> end = new CompletableFuture<>();
    ClientCall<EstimateRequest, EstimateResponse> call =
        loopback.channel.newCall(
            PowerPerformanceEvaluationServiceGrpc.getEstimateMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.halfClose();
    assertThat(end.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThatTheServerStillAnswers();
  }

  private static Status statusOfBytes(byte[] bytes) {
    MethodDescriptor<byte[], EstimateResponse> method =
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().toBuilder(
                new Bytes(),
                PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().getResponseMarshaller())
            .build();
    return Status.fromThrowable(
        catchThrowable(
            () ->
                ClientCalls.blockingUnaryCall(
                    loopback.channel,
                    method,
                    CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                    bytes)));
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void errorsOfTheServersOwnAreInternalAndTellNothing() throws IOException {
    AtomicInteger request = new AtomicInteger();
    Estimator failing =
        (message, interruption) ->
            switch (request.getAndIncrement()) {
              case 0 -> throw new StackOverflowError();
              case 1 -> throw new LinkageError("dev.ppe.Secret");
              case 2 -> throw new IllegalStateException("/home/secret");
              case 3 -> throw new AssertionError("secret");
              default -> Requests.answerTo(message);
            };
    try (Loopback faulty = Loopback.start(Map.of("workers", 1), failing)) {
      for (int i = 0; i < 4; i++) {
        Status status =
            Status.fromThrowable(
                catchThrowable(() -> faulty.blocking().estimate(Requests.small())));
        assertThat(status.getCode()).isEqualTo(Code.INTERNAL);
        assertThat(status.getDescription()).isEqualTo("internal error");
      }
      assertThat(faulty.blocking().estimate(Requests.named("next")).getModelName())
          .isEqualTo("next");
    }
  }

  @Test
  void exhaustedMemoryFailsOneRequestWhichMayBeTriedAgain() throws Exception {
    AtomicInteger request = new AtomicInteger();
    Estimator failing =
        (message, interruption) -> {
          if (request.getAndIncrement() == 0) {
            throw new OutOfMemoryError("heap of secrets");
          }
          return Requests.answerTo(message);
        };
    try (Loopback faulty = Loopback.start(Map.of("workers", 1), failing)) {
      Throwable refused = catchThrowable(() -> faulty.blocking().estimate(Requests.small()));
      Status status = Status.fromThrowable(refused);
      assertThat(status.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(status.getDescription()).isEqualTo("the server is overloaded: out of memory");
      assertThat(StatusProto.fromThrowable(refused).getDetails(0).is(RetryInfo.class)).isTrue();
      assertThat(faulty.blocking().estimate(Requests.named("next")).getModelName())
          .isEqualTo("next");
    }
  }

  private static void assertThatTheServerStillAnswers() {
    assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
  }
}
