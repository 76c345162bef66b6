package dev.ppe.nas.katib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.foreign.katib.GetSuggestionsReply;
import dev.ppe.foreign.katib.GetSuggestionsRequest;
import dev.ppe.foreign.katib.SuggestionGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is let in while a suggestion takes long. */
class SuggestionAdmissionTest {
  /** Holds its only thread until it is let go. */
  private static final class Slow extends SuggestionGrpc.SuggestionImplBase {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void getSuggestions(
        GetSuggestionsRequest request, StreamObserver<GetSuggestionsReply> observer) {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      observer.onNext(GetSuggestionsReply.getDefaultInstance());
      observer.onCompleted();
    }
  }

  private final Slow slow = new Slow();
  private final HealthStatusManager health = new HealthStatusManager();
  private final ExecutorService workers = Executors.newSingleThreadExecutor();
  private final ExecutorService probes = Executors.newSingleThreadExecutor();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void begin() throws IOException {
    Admission admission = new Admission(workers, probes, 1);
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .directExecutor()
            .callExecutor(admission)
            .addStreamTracerFactory(admission)
            .intercept(admission)
            .addService(slow)
            .addService(health.getHealthService())
            .build()
            .start();
    channel = channel();
  }

  private ManagedChannel channel() {
    return Grpc.newChannelBuilder(
            "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
        .build();
  }

  @AfterEach
  void end() {
    slow.end.countDown();
    channel.shutdownNow();
    server.shutdownNow();
    workers.shutdownNow();
    probes.shutdownNow();
  }

  private static GetSuggestionsReply ask(ManagedChannel channel) {
    return SuggestionGrpc.newBlockingStub(channel)
        .getSuggestions(GetSuggestionsRequest.getDefaultInstance());
  }

  @Test
  void probesAreAnsweredAndFurtherCallsRefusedOnAnyConnection() throws Exception {
    Future<GetSuggestionsReply> first =
        SuggestionGrpc.newFutureStub(channel)
            .getSuggestions(GetSuggestionsRequest.getDefaultInstance());
    slow.begun.await();
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    ManagedChannel other = channel();
    try {
      assertThatThrownBy(() -> ask(other))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED))
          .hasMessageContaining("too many calls at a time; ask again later");
    } finally {
      other.shutdownNow();
    }
    slow.end.countDown();
    assertThat(first.get()).isEqualTo(GetSuggestionsReply.getDefaultInstance());
    awaitRoom();
  }

  /** A stream closes a little after its answer has arrived. */
  private void awaitRoom() {
    Code code = Code.RESOURCE_EXHAUSTED;
    while (code == Code.RESOURCE_EXHAUSTED) {
      try {
        ask(channel);
        return;
      } catch (StatusRuntimeException e) {
        code = e.getStatus().getCode();
      }
    }
    assertThat(code).isEqualTo(Code.OK);
  }
}
