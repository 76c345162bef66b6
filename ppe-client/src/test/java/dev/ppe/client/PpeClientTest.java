package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Precision;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every back-end does, in the same way to the last byte. */
class PpeClientTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static TestServer server;

  enum BackEnd {
    IN_PROCESS,
    REMOTE;

    PpeClient open(Duration deadline) {
      return switch (this) {
        case IN_PROCESS -> PpeClient.inProcess(deadline);
        case REMOTE -> PpeClient.connect(Target.parse(server.address()), deadline);
      };
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static EstimateRequest.Builder request() {
    return EstimateRequest.newBuilder()
        .setGraph(GraphCodec.encode(Zoo.find("mobilenet_v2").orElseThrow().graph()));
  }

  private static PpeException failure(BackEnd backEnd, EstimateRequest.Builder request) {
    try (PpeClient client = backEnd.open(DEADLINE)) {
      return catchThrowableOfType(PpeException.class, () -> client.estimate(request.build()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsTheEstimatorsToTheLastByte(BackEnd backEnd) {
    EstimateRequest request = request().setAcceleratorName("edgetpu-v1").build();
    try (PpeClient client = backEnd.open(DEADLINE)) {
      assertThat(client.estimate(request).toByteString())
          .isEqualTo(
              new LocalEstimator(ServiceLimits.DEFAULT)
                  .estimate(request, Interruption.NEVER)
                  .toByteString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherPrecisionsGetTheEstimatorsAnswerToTheLastByte(BackEnd backEnd) {
    Graph network = Zoo.find("mobilenet_v2").orElseThrow().graph(Arithmetic.FLOAT32);
    try (PpeClient client = backEnd.open(DEADLINE)) {
      for (Precision precision : List.of(Precision.PRECISION_INT8, Precision.PRECISION_BF16)) {
        EstimateRequest request =
            EstimateRequest.newBuilder()
                .setGraph(GraphCodec.encode(network))
                .setAcceleratorName("tensor-g1")
                .setPrecision(precision)
                .build();
        EstimateResponse answer = client.estimate(request);
        assertThat(answer.getPrecision()).isEqualTo(precision);
        assertThat(answer.getHostOperators()).isZero();
        assertThat(answer.toByteString())
            .isEqualTo(
                new LocalEstimator(ServiceLimits.DEFAULT)
                    .estimate(request, Interruption.NEVER)
                    .toByteString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void acceleratorsAreTheCatalogs(BackEnd backEnd) {
    try (PpeClient client = backEnd.open(DEADLINE)) {
      assertThat(client.listAccelerators()).isEqualTo(AcceleratorCatalog.listAccelerators());
      assertThat(client.getAccelerator("tensor-g1").getName()).isEqualTo("tensor-g1");
      assertThat(client.getAccelerator("").getName()).isEqualTo("coral-usb");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatIsNoneIsTheCallersFault(BackEnd backEnd) {
    PpeException failure =
        failure(
            backEnd,
            EstimateRequest.newBuilder().setTflite(ByteString.copyFromUtf8("PK\3\4 and so on")));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure).hasMessageContaining("zip archive");
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownAcceleratorIsNotFound(BackEnd backEnd) {
    PpeException failure = failure(backEnd, request().setAcceleratorName("coral-usp"));
    assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(failure).hasMessageContaining("no accelerator \"coral-usp\"; there are coral-usb");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingModelIsNamed(BackEnd backEnd) {
    assertThat(failure(backEnd, EstimateRequest.newBuilder()))
        .hasMessage("model is missing: set one of graph, tflite, onnx");
  }

  @ParameterizedTest
  @EnumSource
  void aPrecisionThatNobodyKnowsIsTheCallersFault(BackEnd backEnd) {
    PpeException failure =
        failure(backEnd, request().setPrecisionValue(Precision.values().length + 7));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @EnumSource
  void aClosedClientAnswersNothing(BackEnd backEnd) {
    PpeClient client = backEnd.open(DEADLINE);
    client.close();
    List<ThrowingCallable> calls =
        List.of(
            () -> client.estimate(request().build()),
            client::listAccelerators,
            () -> client.getAccelerator(""));
    for (ThrowingCallable call : calls) {
      PpeException failure = catchThrowableOfType(PpeException.class, call);
      assertThat(failure).hasMessage("the client is closed");
      assertThat(failure.code()).isEqualTo(Code.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeadlineThatHasPassedSaysSo(BackEnd backEnd) {
    try (PpeClient client = backEnd.open(Duration.ofNanos(1))) {
      PpeException failure =
          catchThrowableOfType(PpeException.class, () -> client.estimate(request().build()));
      assertThat(failure.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
      assertThat(failure).hasMessageStartingWith("no answer within");
    }
  }
}
