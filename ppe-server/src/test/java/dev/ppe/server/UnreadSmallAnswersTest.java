package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that leave answers unread which no worker has made: of accelerators, and reflection. */
class UnreadSmallAnswersTest {
  private static final int MAX_BYTES = 200_000;

  /** Less than an answer: of a call that has ended the client's side takes all. */
  private static final int WINDOW = 1_000;

  private static final int MANY = 500;
  private static final String UNREAD = "ppe_unread_bytes ";
  private static final String LISTED =
      "ppe_request_seconds_count{code=\"OK\",fidelity=\"none\",method=\"ListAccelerators\"}";
  private static final ServerReflectionRequest DESCRIBE =
      ServerReflectionRequest.newBuilder()
          .setFileContainingSymbol(PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME)
          .build();

  private final BlockingQueue<Status> ends = new LinkedBlockingQueue<>();
  private Loopback loopback;
  private AdminClient admin;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    loopback =
        Loopback.start(
            Map.of("maxPendingBytes", MAX_BYTES, "admin.enabled", true, "admin.port", 0));
    admin = AdminClient.of(loopback.server);
    channel =
        NettyChannelBuilder.forAddress(loopback.server.address())
            .usePlaintext()
            .flowControlWindow(WINDOW)
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    loopback.close();
  }

  private PowerPerformanceEvaluationServiceStub service() {
    return PowerPerformanceEvaluationServiceGrpc.newStub(channel);
  }

  private StreamObserver<ServerReflectionRequest> reflection(
      Answers<ServerReflectionRequest, ServerReflectionResponse> answers) {
    return ServerReflectionGrpc.newStub(channel).serverReflectionInfo(answers);
  }

  /** Many calls at once, some of which are refused. */
  private <Q, A> List<Answers<Q, A>> leaveUnread(Consumer<Answers<Q, A>> call) throws Exception {
    List<Answers<Q, A>> asked = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Answers<Q, A> answers = Answers.slowEndingIn(ends);
      asked.add(answers);
      call.accept(answers);
    }
    assertThat(Answers.<Q, A>slowEndingIn(ends).end())
        .satisfies(
            status -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              assertThat(status.getDescription()).contains("wait for this client to read them");
            });
    assertThat(admin.metric(UNREAD).getAsDouble()).isBetween(1.0, 1.0 * MAX_BYTES);
    return asked;
  }

  private <Q, A> void assertThatAllIsForgottenWithTheCalls(List<Answers<Q, A>> calls)
      throws Exception {
    calls.forEach(Answers::cancel);
    admin.awaitMetric(UNREAD, bytes -> bytes == 0);
    assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
  }

  @Test
  void listsOfAccelerators() throws Exception {
    assertThatAllIsForgottenWithTheCalls(
        this.<ListAcceleratorsRequest, ListAcceleratorsResponse>leaveUnread(
            answers ->
                service().listAccelerators(ListAcceleratorsRequest.getDefaultInstance(), answers)));
  }

  @Test
  void descriptionsByReflection() throws Exception {
    assertThatAllIsForgottenWithTheCalls(
        this.<ServerReflectionRequest, ServerReflectionResponse>leaveUnread(
            answers -> reflection(answers).onNext(DESCRIBE)));
  }

  @Test
  void whoLeavesListsUnreadGetsNothingElse() throws Exception {
    for (int asked = 1; ends.isEmpty() && asked < MANY; asked++) {
      int calls = asked;
      service()
          .listAccelerators(
              ListAcceleratorsRequest.getDefaultInstance(), Answers.slowEndingIn(ends));
      admin.awaitMetric(LISTED, count -> count >= calls || !ends.isEmpty());
    }
    assertThat(Answers.endingIn(ends).end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    service().getAccelerator(GetAcceleratorRequest.getDefaultInstance(), Answers.endingIn(ends));
    service().estimate(Requests.small(), Answers.endingIn(ends));
    reflection(Answers.endingIn(ends)).onNext(DESCRIBE);
    for (int i = 0; i < 3; i++) {
      assertThat(Answers.endingIn(ends).end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void aStreamThatReadsOwesNothingWhileItIsOpen() throws Exception {
    Answers<ServerReflectionRequest, ServerReflectionResponse> answers = Answers.eager();
    StreamObserver<ServerReflectionRequest> requests = reflection(answers);
    long bytes = 0;
    while (bytes < 3 * MAX_BYTES) {
      requests.onNext(DESCRIBE);
      bytes += answers.next().getSerializedSize();
    }
    admin.awaitMetric(UNREAD, unread -> unread == 0);
    requests.onCompleted();
    assertThat(answers.end()).isEqualTo(Status.OK);
  }
}
