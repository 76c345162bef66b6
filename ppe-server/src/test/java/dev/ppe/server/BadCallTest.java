package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that are broken before anybody could look at a request are the client's fault as well. */
class BadCallTest {
  private static final byte[] NO_MESSAGE = {-1, -1, -1};

  private static Loopback loopback;

  @BeforeAll
  static void start() throws IOException {
    loopback = Loopback.start(Map.of("admin.enabled", true, "admin.port", 0));
  }

  @AfterAll
  static void stop() {
    loopback.close();
  }

  static List<MethodDescriptor<?, ?>> methods() {
    return List.of(
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod(),
        PowerPerformanceEvaluationServiceGrpc.getEstimateStreamMethod(),
        PowerPerformanceEvaluationServiceGrpc.getListAcceleratorsMethod(),
        PowerPerformanceEvaluationServiceGrpc.getGetAcceleratorMethod(),
        HealthGrpc.getCheckMethod(),
        HealthGrpc.getWatchMethod(),
        ServerReflectionGrpc.getServerReflectionInfoMethod());
  }

  static List<MethodDescriptor<?, ?>> methodsOfOneRequest() {
    return methods().stream().filter(method -> method.getType().clientSendsOneMessage()).toList();
  }

  /** Sends messages as they are, any number of them. Returns how the call ends. */
  private static Status call(
      ManagedChannel channel, CallOptions options, MethodDescriptor<?, ?> method, byte[]... sent)
      throws Exception {
    CompletableFuture<Status> end = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            MethodDescriptor.newBuilder(new BytesMarshaller(), new BytesMarshaller())
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(method.getFullMethodName())
                .build(),
            options.withDeadlineAfter(30, TimeUnit.SECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(10);
    call.setMessageCompression(true);
    for (byte[] message : sent) {
      call.sendMessage(message);
    }
    call.halfClose();
    return end.get(60, TimeUnit.SECONDS);
  }

  private static Status call(MethodDescriptor<?, ?> method, byte[]... sent) throws Exception {
    return call(loopback.channel, CallOptions.DEFAULT, method, sent);
  }

  private static void assertThatItIsTheClientsFault(Status status) {
    assertThat(status.getCode()).as("%s", status).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).isNotBlank().doesNotContain("Exception", "java", "grpc");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void bytesThatAreNoMessage(MethodDescriptor<?, ?> method) throws Exception {
    assertThatItIsTheClientsFault(call(method, NO_MESSAGE));
  }

  @ParameterizedTest
  @MethodSource("methodsOfOneRequest")
  void noRequestAtAll(MethodDescriptor<?, ?> method) throws Exception {
    assertThatItIsTheClientsFault(call(method));
  }

  @ParameterizedTest
  @MethodSource("methodsOfOneRequest")
  void moreThanOneRequest(MethodDescriptor<?, ?> method) throws Exception {
    assertThatItIsTheClientsFault(call(method, new byte[0], new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void messagesThatCannotBeDecompressed(MethodDescriptor<?, ?> method) throws Exception {
    List<UnaryOperator<byte[]>> damages =
        List.of(
            zipped -> "hello world, hello".getBytes(StandardCharsets.US_ASCII),
            zipped -> Arrays.copyOf(zipped, zipped.length - 10),
            BadCallTest::changed);
    for (UnaryOperator<byte[]> damage : damages) {
      ManagedChannel channel = compressing(damage);
      try {
        assertThatItIsTheClientsFault(
            call(channel, CallOptions.DEFAULT.withCompression("gzip"), method, new byte[200]));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static byte[] changed(byte[] zipped) {
    byte[] bytes = zipped.clone();
    bytes[10] = (byte) 0xff; // a kind of block that there is not
    return bytes;
  }

  /** A channel whose gzip is damaged. */
  private static ManagedChannel compressing(UnaryOperator<byte[]> damage) {
    CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
    registry.register(
        new Compressor() {
          @Override
          public String getMessageEncoding() {
            return "gzip";
          }

          @Override
          public OutputStream compress(OutputStream out) {
            return new ByteArrayOutputStream() {
              @Override
              public void close() throws IOException {
                out.write(damage.apply(zipped(toByteArray())));
                out.close();
              }
            };
          }
        });
    return NettyChannelBuilder.forAddress(loopback.server.address())
        .usePlaintext()
        .compressorRegistry(registry)
        .build();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  @Test
  void everyMethodsCallsAreCounted() throws Exception {
    AdminClient admin = AdminClient.of(loopback.server);
    for (MethodDescriptor<?, ?> method : methods()) {
      call(method, NO_MESSAGE);
      assertThat(
              admin.metric(
                  "ppe_request_seconds_count{code=\"INVALID_ARGUMENT\",fidelity=\"none\",method=\"%s\"}"
                      .formatted(method.getBareMethodName())))
          .as(method.getFullMethodName())
          .isPresent();
    }
  }
}
