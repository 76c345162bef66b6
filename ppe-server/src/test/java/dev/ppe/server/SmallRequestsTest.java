package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.MessageLite;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of methods that are asked for little more than a name. */
class SmallRequestsTest {
  private static final int HEALTH = 256;
  private static final int NAMES = 1024;
  private static final int TAG_AND_LENGTH = 3;

  private static Loopback loopback;

  @BeforeAll
  static void start() throws IOException {
    loopback = Loopback.start(Map.of());
  }

  @AfterAll
  static void stop() {
    loopback.close();
  }

  static Stream<Arguments> methods() {
    return Stream.of(
        arguments(HealthGrpc.getCheckMethod(), HEALTH),
        arguments(HealthGrpc.getWatchMethod(), HEALTH),
        arguments(PowerPerformanceEvaluationServiceGrpc.getListAcceleratorsMethod(), NAMES),
        arguments(PowerPerformanceEvaluationServiceGrpc.getGetAcceleratorMethod(), NAMES),
        arguments(ServerReflectionGrpc.getServerReflectionInfoMethod(), NAMES));
  }

  /** A message of so many bytes, which every method takes for one of its own. */
  private static byte[] message(int bytes) {
    return HealthCheckRequest.newBuilder()
        .setService("x".repeat(bytes - TAG_AND_LENGTH))
        .build()
        .toByteArray();
  }

  /** The end of a call, whatever is answered before it. */
  private static Status send(MethodDescriptor<?, ?> method, CallOptions options, byte[] message)
      throws InterruptedException {
    Answers<byte[], byte[]> answers = Answers.eager();
    ClientCall<byte[], byte[]> call =
        loopback.channel.newCall(
            MethodDescriptor.newBuilder(new BytesMarshaller(), new BytesMarshaller())
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(method.getFullMethodName())
                .build(),
            options.withDeadlineAfter(20, TimeUnit.SECONDS));
    StreamObserver<byte[]> requests = ClientCalls.asyncBidiStreamingCall(call, answers);
    requests.onNext(message);
    requests.onCompleted();
    return answers.end();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void oneThatIsTooLargeIsRefusedAndNotRepeated(MethodDescriptor<?, ?> method, int most)
      throws Exception {
    for (int bytes : new int[] {most + 1, 3_000_000}) {
      Status status = send(method, CallOptions.DEFAULT, message(bytes));
      assertThat(status.getCode()).as("%s", status).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(status.getDescription())
          .isEqualTo("the request is larger than %d bytes, the most for this method", most);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void oneThatIsTooLargeOnceUnpackedIsRefused(MethodDescriptor<?, ?> method, int most)
      throws Exception {
    CallOptions gzip = CallOptions.DEFAULT.withCompression("gzip");
    Status status = send(method, gzip, message(3_000_000));
    assertThat(status.getCode()).as("%s", status).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(status.getDescription()).contains("larger than %d bytes".formatted(most));
  }

  /** gRPC hands compressed ones over as streams, which unpack what is read of them. */
  @ParameterizedTest
  @MethodSource("methods")
  void noMoreIsReadThanShowsThatItIsTooLarge(MethodDescriptor<?, ?> method, int most) {
    byte[] bytes = message(3_000_000);
    ByteArrayInputStream request = new ByteArrayInputStream(bytes);
    Throwable refusal = catchThrowable(() -> small(method, most).parseRequest(request));
    assertThat(Status.fromThrowable(refusal).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(bytes.length - request.available()).isEqualTo(most + 1);
  }

  private static <Q, A> MethodDescriptor<Q, A> small(MethodDescriptor<Q, A> method, int most) {
    return new SmallRequests(most)
        .of(
            ServerMethodDefinition.create(
                method,
                (call, headers) -> {
                  throw new AssertionError("a call that nobody made");
                }))
        .getMethodDescriptor();
  }

  @Test
  void oneThatJustFitsIsAnswered() throws Exception {
    HealthCheckRequest health = HealthCheckRequest.parseFrom(message(HEALTH));
    Status unknown =
        Status.fromThrowable(
            catchThrowable(() -> HealthGrpc.newBlockingStub(loopback.channel).check(health)));
    assertThat(unknown.getCode()).isEqualTo(Code.NOT_FOUND);
    Answers<HealthCheckRequest, HealthCheckResponse> watch = Answers.eager();
    HealthGrpc.newStub(loopback.channel).watch(health, watch);
    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
    watch.cancel();
    GetAcceleratorRequest accelerator = GetAcceleratorRequest.parseFrom(message(NAMES));
    assertThat(
            Status.fromThrowable(
                    catchThrowable(() -> loopback.blocking().getAccelerator(accelerator)))
                .getCode())
        .isEqualTo(Code.NOT_FOUND);
    MessageLite reflection = ServerReflectionRequest.parseFrom(message(NAMES));
    assertThat(
            send(
                    ServerReflectionGrpc.getServerReflectionInfoMethod(),
                    CallOptions.DEFAULT,
                    reflection.toByteArray())
                .getCode())
        .isEqualTo(Code.OK);
  }

  @Test
  void textsOfGrpcsOwnServicesAreOneLine() throws Exception {
    byte[] lines = HealthCheckRequest.newBuilder().setService("a\nb\r\nc").build().toByteArray();
    Status status = send(HealthGrpc.getCheckMethod(), CallOptions.DEFAULT, lines);
    assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(status.getDescription()).isEqualTo("unknown service a b  c");
  }

  @Test
  void methodsThatThereAreNotAreNamedAsFarAsFitsAHeader() throws Exception {
    MethodDescriptor<byte[], byte[]> none =
        MethodDescriptor.newBuilder(new BytesMarshaller(), new BytesMarshaller())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("none/" + "%".repeat(6_000)) // each takes three bytes in a status
            .build();
    Status status = send(none, CallOptions.DEFAULT, new byte[0]);
    assertThat(status.getCode()).as("%s", status).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(status.getDescription()).startsWith("there is no method none/%%").endsWith("%...");
    assertThat(status.getDescription().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2048);
  }
}
