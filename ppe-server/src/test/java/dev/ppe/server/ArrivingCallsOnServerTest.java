package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are begun and not gone on with. */
@EnabledOnOs(OS.LINUX) // where all of 127/8 is this machine
class ArrivingCallsOnServerTest {
  private static final String SERVICE = PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME;
  private static final String ESTIMATE = SERVICE + "/Estimate";
  private static final String STREAM = SERVICE + "/EstimateStream";
  private static final String WATCH = "grpc.health.v1.Health/Watch";
  private static final String OPEN = "ppe_calls_open ";
  private static final String ARRIVING = "ppe_arriving_bytes ";
  private static final String GREEDY = "127.0.0.2";
  private static final String MODEST = "127.0.0.3";
  private static final String EXHAUSTED = "8 ";
  private static final String LATE = "4 ";
  private static final long NO_ERROR = 0;
  private static final long CANCEL = 8;

  private static Loopback start(Map<String, Object> fields) throws Exception {
    Map<String, Object> all = new HashMap<>(Map.of("admin.enabled", true, "admin.port", 0));
    all.putAll(fields);
    return Loopback.start(all);
  }

  private static double refused(AdminClient admin, String reason) throws Exception {
    return admin.metric("ppe_calls_refused_total{reason=\"%s\"}".formatted(reason)).orElseThrow();
  }

  /** Whether somebody else is served. */
  private static void assertServed(Loopback loopback, EstimateRequest request) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(loopback.server.address())
            .localSocketPicker(new FromAddress(MODEST))
            .usePlaintext()
            .build();
    try {
      assertThat(
              PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(60, TimeUnit.SECONDS)
                  .estimate(request)
                  .getLatencyUs())
          .isPositive();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void whoHasAsManyCallsAsOneMayHaveGetsNoMoreWhileOthersDo() throws Exception {
    try (Loopback loopback =
            start(Map.of("connections.maxOpenCalls", 10, "connections.maxOpenCallsPerClient", 3));
        RawClient greedy = new RawClient(loopback.server, GREEDY)) {
      AdminClient admin = AdminClient.of(loopback.server);
      RawClient.Call bodyless = greedy.call(ESTIMATE);
      greedy.call(STREAM);
      greedy.call("grpc.health.v1.Health/Check");
      admin.awaitMetric(OPEN, open -> open == 3);
      RawClient.Call refused = greedy.call(WATCH);
      assertThat(refused.status()).startsWith(EXHAUSTED).contains("as many as one may have open");
      assertThat(refused.reset()).isEqualTo(NO_ERROR);
      assertThat(refused(admin, "client")).isEqualTo(1);
      assertServed(loopback, Requests.small());

      bodyless.cancel();
      admin.awaitMetric(OPEN, open -> open == 2);
      assertThat(greedy.call(WATCH).isOpen()).isTrue();
      admin.awaitMetric(OPEN, open -> open == 3);
    }
  }

  @Test
  void moreCallsThanThereMayBeInAllAreRefused() throws Exception {
    try (Loopback loopback =
            start(Map.of("connections.maxOpenCalls", 4, "connections.maxOpenCallsPerClient", 3));
        RawClient one = new RawClient(loopback.server, GREEDY);
        RawClient other = new RawClient(loopback.server, MODEST)) {
      AdminClient admin = AdminClient.of(loopback.server);
      for (int i = 0; i < 3; i++) {
        one.call(ESTIMATE);
      }
      admin.awaitMetric(OPEN, open -> open == 3);
      other.call(ESTIMATE);
      admin.awaitMetric(OPEN, open -> open == 4);
      assertThat(other.call(ESTIMATE).status()).startsWith(EXHAUSTED).contains("it has 4 calls");
      assertThat(refused(admin, "full")).isEqualTo(1);
      assertThat(admin.get("/").body()).contains("<td>open calls</td><td>4 of 4; 1 refused, ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ESTIMATE, "grpc.health.v1.Health/Check", WATCH})
  void aCallWhoseRequestDoesNotComeEnds(String method) throws Exception {
    try (Loopback loopback = start(Map.of("connections.requestSeconds", 1));
        RawClient client = new RawClient(loopback.server, GREEDY)) {
      AdminClient admin = AdminClient.of(loopback.server);
      RawClient.Call silent = client.call(method);
      RawClient.Call partial = client.call(method);
      partial.begin(100, 99);
      for (RawClient.Call call : List.of(silent, partial)) {
        assertThat(call.status()).startsWith(LATE).contains("the request had not come within 1 s");
        assertThat(call.reset()).isEqualTo(NO_ERROR);
      }
      assertThat(refused(admin, "late")).isEqualTo(2);
      admin.awaitMetric(OPEN, open -> open == 0);
      admin.awaitMetric(ARRIVING, bytes -> bytes == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {STREAM, "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"})
  void aStreamEndsWhenARequestThatHasBegunDoesNotCome(String method) throws Exception {
    try (Loopback loopback = start(Map.of("connections.requestSeconds", 1));
        RawClient client = new RawClient(loopback.server, GREEDY)) {
      RawClient.Call silent = client.call(method);
      RawClient.Call partial = client.call(method);
      partial.begin(100, 99);
      assertThat(partial.status()).startsWith(LATE).contains("had not come within 1 s");
      assertThat(partial.reset()).isEqualTo(NO_ERROR);
      assertThat(silent.isOpen()).isTrue();
    }
  }

  @Test
  void aRequestThatComesByteByByteIsGivenUp() throws Exception {
    try (Loopback loopback = start(Map.of("connections.requestSeconds", 1));
        RawClient client = new RawClient(loopback.server, GREEDY)) {
      RawClient.Call call = client.call(STREAM);
      call.begin(1 << 20, 0);
      while (call.isOpen()) {
        call.send(new byte[1]);
      }
      assertThat(call.status()).startsWith(LATE);
    }
  }

  @Test
  void aWholeRequestOfACallThatIsNotEndedIsNotKeptForEver() throws Exception {
    try (Loopback loopback = start(Map.of("connections.requestSeconds", 1));
        RawClient client = new RawClient(loopback.server, GREEDY)) {
      AdminClient admin = AdminClient.of(loopback.server);
      RawClient.Call call = client.call(ESTIMATE);
      call.send(Requests.small());
      assertThat(call.status()).startsWith(LATE);
      admin.awaitMetric(ARRIVING, bytes -> bytes == 0);
    }
  }

  @Test
  void whoHasTooManyHalfRequestsHasTheNextEndedWhileOthersAreServed() throws Exception {
    int most = 200_000;
    int part = 30_000;
    try (Loopback loopback = start(Map.of("connections.maxArrivingBytes", most));
        RawClient greedy = new RawClient(loopback.server, GREEDY)) {
      AdminClient admin = AdminClient.of(loopback.server);
      List<RawClient.Call> calls = new ArrayList<>();
      for (int i = 1; i * part < most / 2; i++) {
        RawClient.Call call = greedy.call(i % 2 == 0 ? ESTIMATE : STREAM);
        call.begin(part + 1, part);
        calls.add(call);
        double least = (double) i * part;
        admin.awaitMetric(ARRIVING, bytes -> bytes >= least);
      }
      RawClient.Call last = greedy.call(ESTIMATE);
      last.begin(part + 1, part);
      assertThat(last.status()).startsWith(EXHAUSTED).contains("on their way in");
      assertThat(last.reset()).isEqualTo(NO_ERROR);
      assertThat(refused(admin, "bytes")).isEqualTo(1);
      assertThat(calls).allMatch(RawClient.Call::isOpen);
      admin.awaitMetric(ARRIVING, bytes -> bytes < most / 2.0);
      assertServed(loopback, Requests.small());

      calls.forEach(RawClient.Call::cancel);
      admin.awaitMetric(ARRIVING, bytes -> bytes == 0);
    }
  }

  @Test
  void aCallWhoseEndItsClientLetsNobodyTellIsGivenUp() throws Exception {
    Http2Settings shut = Http2Settings.defaultSettings().initialWindowSize(0);
    try (Loopback loopback = start(Map.of("connections.maxArrivingBytes", 100_000));
        RawClient greedy = new RawClient(loopback.server, GREEDY, shut)) {
      AdminClient admin = AdminClient.of(loopback.server);
      RawClient.Call call = greedy.call(STREAM);
      call.send(EstimateStreamRequest.getDefaultInstance()); // its answer has no window
      admin.awaitMetric("ppe_unread_bytes ", bytes -> bytes > 0);
      call.begin(1_000_000, 60_000);
      assertThat(call.reset()).isEqualTo(CANCEL);
      admin.awaitMetric(ARRIVING, bytes -> bytes == 0);
      admin.awaitMetric(OPEN, open -> open == 0);
      assertThat(refused(admin, "bytes")).isEqualTo(1);
    }
  }

  @Test
  void whatTheServerDoesNotReadOnIsNotLate() throws Exception {
    Http2Settings shut = Http2Settings.defaultSettings().initialWindowSize(0);
    try (Loopback loopback = start(Map.of("connections.requestSeconds", 1));
        RawClient client = new RawClient(loopback.server, GREEDY, shut)) {
      AdminClient admin = AdminClient.of(loopback.server);
      RawClient.Call call = client.call(STREAM);
      for (int i = 0; i < 4_000; i++) { // it is not read on after a while
        call.send(EstimateStreamRequest.getDefaultInstance());
      }
      call.begin(100, 99);
      admin.awaitMetric(ARRIVING, bytes -> bytes > 100_000);
      Thread.sleep(3_000);
      assertThat(call.isOpen()).isTrue();
      call.cancel();
      admin.awaitMetric(ARRIVING, bytes -> bytes == 0);
    }
  }

  private static EstimateRequest zeros(int count) {
    return EstimateRequest.newBuilder().setOnnx(ByteString.copyFrom(new byte[count])).build();
  }

  private static Throwable refusalOfPacked(Loopback loopback, EstimateRequest request) {
    return catchThrowable(() -> loopback.blocking().withCompression("gzip").estimate(request));
  }

  @Test
  void whatIsPackedCountsWithWhatItUnpacksTo() throws Exception {
    try (Loopback loopback = start(Map.of("connections.maxArrivingBytes", 200_000))) {
      AdminClient admin = AdminClient.of(loopback.server);
      Throwable refused = refusalOfPacked(loopback, zeros(150_000));
      assertThat(refused)
          .hasMessageContaining("RESOURCE_EXHAUSTED")
          .hasMessageContaining("more than the 100000 bytes");
      assertThat(StatusProto.fromThrowable(refused).getDetailsList()).isEmpty();
      assertThat(refused(admin, "bytes")).isEqualTo(1);
      admin.awaitMetric(ARRIVING, bytes -> bytes == 0);
      loopback.blocking().withCompression("gzip").estimate(Requests.small());
    }
  }

  @Test
  void whatFindsNoRoomUnpackedBesideOthersMayComeAgain() throws Exception {
    try (Loopback loopback = start(Map.of("connections.maxArrivingBytes", 200_000));
        RawClient greedy = new RawClient(loopback.server, GREEDY)) {
      AdminClient admin = AdminClient.of(loopback.server);
      greedy.call(ESTIMATE).begin(100_000, 60_000);
      admin.awaitMetric(ARRIVING, bytes -> bytes > 60_000);
      Throwable refused = refusalOfPacked(loopback, zeros(45_000));
      assertThat(refused)
          .hasMessageContaining("RESOURCE_EXHAUSTED")
          .hasMessageContaining("too many bytes of requests");
      assertThat(StatusProto.fromThrowable(refused).getDetails(0).is(RetryInfo.class)).isTrue();
    }
  }

  @Test
  void smallPartsOfWhatNobodyReadsCountToo() throws Exception {
    Http2Settings shut = Http2Settings.defaultSettings().initialWindowSize(0);
    try (Loopback loopback = start(Map.of("connections.maxArrivingBytes", 200_000));
        RawClient greedy = new RawClient(loopback.server, GREEDY, shut)) {
      AdminClient admin = AdminClient.of(loopback.server);
      RawClient.Call call = greedy.call(STREAM);
      for (int i = 0; i < 4_000 && call.isOpen(); i++) { // it is not read on after a while
        call.send(EstimateStreamRequest.getDefaultInstance());
      }
      assertThat(call.reset()).isEqualTo(CANCEL);
      assertThat(refused(admin, "bytes")).isEqualTo(1);
      admin.awaitMetric(ARRIVING, bytes -> bytes == 0);
    }
  }

  @Test
  void streamsThatOutliveTheirCallsAreReset() throws Exception {
    try (Loopback loopback = start(Map.of());
        RawClient client = new RawClient(loopback.server, GREEDY)) {
      for (String method : List.of("no.such.Service/Method", "nothing")) {
        RawClient.Call call = client.call(method);
        assertThat(call.status()).startsWith("12 ");
        assertThat(call.reset()).isEqualTo(NO_ERROR);
      }
    }
  }
}
