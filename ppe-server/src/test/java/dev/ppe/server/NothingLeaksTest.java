package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.wire.Estimator;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, clients learn nothing of the program's inside or of the machine. */
class NothingLeaksTest {
  /** Classes, packages, stack traces, files. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?s).*(dev\\.ppe\\.|java\\.|javax\\.|io\\.grpc|com\\.google|netty|[a-z]Exception|Error:"
              + "|\\tat |\\.java|/home|/tmp|/usr|/proc|/work|secret).*");

  private static final Set<Code> CLIENTS_FAULT =
      EnumSet.complementOf(EnumSet.of(Code.INTERNAL, Code.UNKNOWN, Code.DATA_LOSS));

  private static Loopback loopback;

  @BeforeAll
  static void start() throws IOException {
    loopback =
        Loopback.start(
            Map.of("maxMessageBytes", 200_000, "maxModelBytes", 100_000, "maxNodes", 50));
  }

  @AfterAll
  static void stop() {
    loopback.close();
  }

  private static void assertThatNothingLeaks(Status status, Metadata trailers) {
    assertThat(String.valueOf(status.getDescription())).doesNotMatch(INSIDE);
    for (String key : trailers.keys()) {
      if (!key.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        String value = trailers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
        assertThat(String.valueOf(value)).as(key).doesNotMatch(INSIDE);
      } else {
        byte[] value = trailers.get(Metadata.Key.of(key, Metadata.BINARY_BYTE_MARSHALLER));
        String text = new String(value, StandardCharsets.ISO_8859_1);
        assertThat(text.replace("type.googleapis.com/google.rpc", "")).as(key).doesNotMatch(INSIDE);
      }
    }
  }

  private static StatusRuntimeException failure(Supplier<?> call) {
    Throwable failure = catchThrowable(call::get);
    assertThat(failure).isInstanceOf(StatusRuntimeException.class);
    StatusRuntimeException status = (StatusRuntimeException) failure;
    Metadata trailers = status.getTrailers();
    assertThatNothingLeaks(status.getStatus(), trailers == null ? new Metadata() : trailers);
    return status;
  }

  private static EstimateResponse estimate(EstimateRequest request) {
    return loopback.blocking().estimate(request);
  }

  static Stream<Arguments> requestsThatFail() {
    EstimateRequest.Builder small = Requests.small().toBuilder();
    return Stream.of(
        Arguments.of("nothing", EstimateRequest.getDefaultInstance()),
        Arguments.of("no model file", Requests.bad()),
        Arguments.of("nodes", Requests.of(Requests.chain(51))),
        Arguments.of(
            "bytes of the model",
            EstimateRequest.newBuilder().setOnnx(ByteString.copyFrom(new byte[100_001])).build()),
        Arguments.of(
            "bytes of the message",
            EstimateRequest.newBuilder().setOnnx(ByteString.copyFrom(new byte[200_001])).build()),
        Arguments.of("accelerator", small.clone().setAcceleratorName("abacus").build()),
        Arguments.of("a path", small.clone().setAcceleratorName("../../etc/passwd").build()),
        Arguments.of(
            "accelerator's fields",
            small.clone().setAcceleratorSpec(Accelerator.newBuilder().setName("x")).build()),
        Arguments.of("detail", small.clone().setDetailValue(99).build()),
        Arguments.of("fidelity", small.clone().setFidelityValue(99).build()),
        Arguments.of("batch", small.clone().setBatch(-7).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requestsThatFail")
  void aRequestThatFails(String what, EstimateRequest request) throws Exception {
    StatusRuntimeException failure = failure(() -> estimate(request));
    assertThat(failure.getStatus().getCode()).isIn(CLIENTS_FAULT);
    Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
    StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(answers);
    requests.onNext(Requests.withId("id", request));
    requests.onCompleted();
    if (what.equals("bytes of the message")) {
      assertThatNothingLeaks(answers.end(), new Metadata());
    } else {
      String message = answers.next().getError().getMessage();
      assertThat(message).isNotEmpty().doesNotMatch(INSIDE);
    }
  }

  /** The same bytes as a request, though they are none. */
  private static EstimateResponse answerTo(byte[] bytes) {
    MethodDescriptor<EstimateRequest, EstimateResponse> method =
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod();
    return ClientCalls.blockingUnaryCall(
        loopback.channel,
        method.toBuilder(new Bytes(), method.getResponseMarshaller()).build(),
        CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
        bytes);
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
  void groupsThatNestWithoutEndAreInvalid() {
    byte[] bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) 0x7b); // field 15, a group begins
    assertThat(failure(() -> answerTo(bytes)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  /** An ONNX attribute of a node of a graph of an attribute, and so on. */
  @Test
  void graphsThatNestWithoutEndAreInvalid() throws IOException {
    byte[] graph = {};
    for (int depth = 0; depth < 2000; depth++) {
      graph = field(1, field(5, field(6, graph))); // graph.node, node.attribute, attribute.g
    }
    ByteString onnx = ByteString.copyFrom(field(7, graph)); // model.graph
    StatusRuntimeException failure =
        failure(() -> estimate(EstimateRequest.newBuilder().setOnnx(onnx).build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  private static byte[] field(int number, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.writeByteArray(number, content);
    coded.flush();
    return out.toByteArray();
  }

  @Test
  void aMessageThatUnpacksToMoreThanIsAllowedIsTooLarge() {
    EstimateRequest zeros =
        EstimateRequest.newBuilder().setTflite(ByteString.copyFrom(new byte[20_000_000])).build();
    StatusRuntimeException failure =
        failure(() -> loopback.blocking().withCompression("gzip").estimate(zeros));
    assertThat(failure.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void metadataHasALimit() {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
    StatusRuntimeException failure =
        failure(
            () ->
                loopback
                    .blocking()
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .estimate(Requests.small()));
    assertThat(failure.getStatus().getCode()).isNotIn(Code.OK, Code.UNKNOWN);
  }

  @Test
  void aMethodThatThereIsNotIsUnimplemented() {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("ppe.v1.PowerPerformanceEvaluationService/Guess")
            .build();
    StatusRuntimeException failure =
        failure(
            () ->
                ClientCalls.blockingUnaryCall(
                    loopback.channel, method, CallOptions.DEFAULT, new byte[0]));
    assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void damagedRequests(long seed) {
    Random random = new Random(seed);
    byte[] good = Requests.small().toByteArray();
    for (int i = 0; i < 150; i++) {
      byte[] bytes = good.clone();
      for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Throwable answer = catchThrowable(() -> answerTo(bytes));
      if (answer != null) {
        Status status = Status.fromThrowable(answer);
        assertThat(status.getCode()).as("%s", status).isIn(CLIENTS_FAULT);
        assertThatNothingLeaks(status, new Metadata());
      }
    }
  }

  @Test
  void faultsOfTheServersOwn() throws IOException {
    List<Throwable> faults =
        List.of(
            new StackOverflowError(),
            new LinkageError("dev.ppe.Secret"),
            new IllegalStateException("/home/secret"),
            new NullPointerException("dev.ppe.Secret.field"),
            new UncheckedIOException(new NoSuchFileException("/etc/secret.yaml")),
            new ClassCastException("class dev.ppe.A cannot be cast to class java.lang.B"),
            new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 3"),
            new AssertionError("secret"));
    List<Throwable> left = new ArrayList<>(faults);
    Estimator failing = (request, interruption) -> raise(left.removeFirst());
    try (Loopback faulty = Loopback.start(Map.of("workers", 1), failing)) {
      for (Throwable fault : faults) {
        StatusRuntimeException failure =
            failure(() -> faulty.blocking().estimate(Requests.small()));
        assertThat(failure.getStatus().getCode()).as("%s", fault).isEqualTo(Code.INTERNAL);
        assertThat(failure.getStatus().getDescription()).isEqualTo("internal error");
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> EstimateResponse raise(Throwable fault) throws T {
    throw (T) fault;
  }
}
