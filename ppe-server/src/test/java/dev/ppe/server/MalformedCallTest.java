package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What breaks the rules of gRPC on HTTP/2 is the client's fault as well (INVALID_ARGUMENT, 3), and
 * nothing to log.
 */
class MalformedCallTest {
  private static final String ESTIMATE =
      PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().getFullMethodName();
  private static final String STREAM =
      PowerPerformanceEvaluationServiceGrpc.getEstimateStreamMethod().getFullMethodName();
  private static final String CHECK = HealthGrpc.getCheckMethod().getFullMethodName();
  private static final byte[] EMPTY_MESSAGE = {0, 0, 0, 0, 0};

  private static Loopback loopback;
  private static RawClient client;

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Logger gRpc = Logger.getLogger("io.grpc");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            logged.add(line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeAll
  static void start() throws Exception {
    loopback = Loopback.start(Map.of());
    client = new RawClient(loopback.server, "127.0.0.1");
  }

  @AfterAll
  static void stop() {
    client.close();
    loopback.close();
  }

  @BeforeEach
  void listen() {
    gRpc.addHandler(handler);
  }

  @AfterEach
  void nothingIsLogged() {
    gRpc.removeHandler(handler);
    assertThat(logged).isEmpty();
  }

  private static Http2Headers check() {
    return RawClient.headers(CHECK);
  }

  static List<Http2Headers> headersOfNoCall() {
    Http2Headers untyped = check();
    untyped.remove("content-type");
    Http2Headers hosts = check().add("host", "a").add("host", "b");
    hosts.remove(":authority");
    return List.of(
        check().method("GET"),
        untyped,
        check().set("content-type", "text/plain"),
        check().set("content-type", "application/grpcx"),
        hosts,
        check().add("grpc-timeout", ""),
        check().add("grpc-timeout", "5"),
        check().add("grpc-timeout", "S"),
        check().add("grpc-timeout", "-5S"),
        check().add("grpc-timeout", "5 S"),
        check().add("grpc-timeout", "5s"),
        check().add("grpc-timeout", "123456789S"),
        check().add("grpc-timeout", "1H").add("grpc-timeout", "soon"));
  }

  @ParameterizedTest
  @MethodSource("headersOfNoCall")
  void headersThatAreOfNoCall(Http2Headers headers) throws Exception {
    RawClient.Call call = client.call(headers);
    call.end(EMPTY_MESSAGE);

    assertThat(call.status()).startsWith("3 ").hasSizeGreaterThan(10);
  }

  static List<Http2Headers> headersOfCalls() {
    return List.of(
        check(),
        check().set("content-type", "application/grpc+proto"),
        check().set("content-type", "Application/gRPC;charset=utf-8"),
        check().add("grpc-timeout", "1H"),
        check().add("grpc-timeout", "99999999m"),
        check().add("grpc-encoding", "identity"));
  }

  @ParameterizedTest
  @MethodSource("headersOfCalls")
  void headersThatAreOfCalls(Http2Headers headers) throws Exception {
    RawClient.Call call = client.call(headers);
    call.end(EMPTY_MESSAGE);

    assertThat(call.status()).startsWith("0 ");
  }

  static List<String> methods() {
    return List.of(ESTIMATE, STREAM, CHECK);
  }

  static List<byte[]> noMessages() {
    return List.of(
        new byte[] {2, 0, 0, 0, 0}, // reserved bits
        new byte[] {(byte) 0x80, 0, 0, 0, 0},
        new byte[] {1, 0, 0, 0, 0}, // packed, nobody said how
        new byte[] {0}, // ends in a prefix
        new byte[] {0, 0, 0, 0, 2, 7}, // ends in a message
        new byte[] {0, 0, 0, 0, 0, 0}, // ends in the second one's prefix
        new byte[] {0, 0, 0, 0, 0, 9, 9, 9, 9});
  }

  @ParameterizedTest
  @MethodSource("noMessages")
  void bytesThatAreNoMessages(byte[] bytes) throws Exception {
    for (String method : methods()) {
      RawClient.Call call = client.call(method);
      call.end(bytes);

      assertThat(call.status()).as(method).startsWith("3 ").hasSizeGreaterThan(10);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anEndInAMessageThatHasBegunLongBefore(String method) throws Exception {
    RawClient.Call call = client.call(method);
    call.begin(10, 2);
    loopback.blocking().estimate(Requests.small());
    call.end();

    assertThat(call.status()).isEqualTo("3 the request ends within a message");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCallWithoutAnEndThatBeginsWithNoMessage(String method) throws Exception {
    RawClient.Call call = client.call(method);
    call.send(new byte[] {42});

    assertThat(call.status()).isEqualTo("3 a message begins with 42, must be 0 or 1");
  }
}
