package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.ppe.server.observe.Arrival;
import dev.ppe.server.security.Quotas;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a stream's message, step by step: it counts against the quota, then it is asked
 * whether there is room, then it is weighed, and a worker parses it.
 */
class EstimateStreamOrderTest {
  private static final RequestLimits FEW =
      new RequestLimits(new GraphLimits(5, 1_000, 100, 1L << 30, 1L << 40), Long.MAX_VALUE);

  /** With a graph that ends too soon: weighing it fails. */
  private static final StreamMessage UNREADABLE = message(new byte[] {10, 2, 10, 100});

  private final Gate gate = new Gate();
  private final SimulationPool pool =
      new SimulationPool(
          new DirectEstimates(gate),
          new Admission(
              new Admission.Limits(1, 0, 1, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)));
  private final PlayedTransport transport = new PlayedTransport();
  private final EstimateStream stream =
      new EstimateStream(
          new EstimateStream.Work(WeighedRequests.ofStreams(FEW), pool),
          transport,
          new UnreadAnswers(1_000_000).open(),
          ended -> {});

  EstimateStreamOrderTest() {
    transport.room = 100;
    stream.start(10);
  }

  @AfterEach
  void stop() {
    gate.open();
    pool.shutdown();
  }

  /** A message with an id and something in place of a request. */
  private static StreamMessage message(byte[] request) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeString(EstimateStreamRequest.ID_FIELD_NUMBER, "odd");
      out.writeByteArray(EstimateStreamRequest.REQUEST_FIELD_NUMBER, request);
      out.flush();
    } catch (IOException e) { // into memory
      throw new UncheckedIOException(e);
    }
    return new StreamMessage(bytes.toByteString().toByteArray(), Arrival.now());
  }

  private static StreamMessage good(String id) {
    return Requests.message(id, Requests.small());
  }

  private EstimateStreamResponse lastAnswer() throws IOException {
    return EstimateStreamResponse.parseFrom(transport.sent.getLast());
  }

  private void assertRefused(String id, Code code, String why) throws IOException {
    assertThat(lastAnswer().getId()).isEqualTo(id);
    assertThat(lastAnswer().getError().getCode()).isEqualTo(code.value());
    assertThat(lastAnswer().getError().getMessage()).contains(why);
    assertThat(transport.end).isNull();
  }

  private void awaitEnd() throws InterruptedException {
    gate.open();
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
  }

  @Test
  void whatIsRefusedCountsAgainstTheQuotaToo() throws Exception {
    Quotas.of(3)
        .call(
            () -> {
              stream.onNext(
                  new StreamMessage(
                      EstimateStreamRequest.newBuilder().setId("none").build().toByteArray(),
                      Arrival.now()));
              assertRefused("none", Code.INVALID_ARGUMENT, "request is missing");
              stream.onNext(Requests.message("large", Requests.of(Requests.chain(6))));
              assertRefused("large", Code.RESOURCE_EXHAUSTED, "6 nodes");
              assertThatThrownBy(() -> stream.onNext(UNREADABLE))
                  .matches(WeighedRequests::isNoMessage);
              stream.onNext(good("next"));
              assertRefused("next", Code.RESOURCE_EXHAUSTED, "over its quota");
              return true;
            });
  }

  @Test
  void overTheQuotaNothingIsWeighed() throws Exception {
    Quotas.of(1)
        .call(
            () -> {
              stream.onNext(good("first"));
              stream.onNext(UNREADABLE);
              assertRefused("odd", Code.RESOURCE_EXHAUSTED, "over its quota");
              return true;
            });
  }

  @Test
  void aFullServerWeighsNothing() throws Exception {
    stream.onNext(good("in work"));
    gate.awaitBegun(1);
    stream.onNext(good("waits"));
    stream.onNext(UNREADABLE);
    assertRefused("odd", Code.RESOURCE_EXHAUSTED, "2 requests are waiting");
  }

  @Test
  void aMessageWithoutAHeadEndsTheStream() {
    byte[] longId =
        EstimateStreamRequest.newBuilder().setId("i".repeat(70_000)).build().toByteArray();
    byte[] noText = {10, 1, (byte) 0xff};
    for (byte[] bytes : new byte[][] {{-1, -1, -1}, {10, 100}, {12}, longId, noText}) {
      assertThatThrownBy(() -> stream.onNext(new StreamMessage(bytes, Arrival.now())))
          .matches(WeighedRequests::isNoMessage);
    }
  }

  /** A name that is no UTF-8 has a weight. */
  @Test
  void whatAWorkerCannotParseEndsTheStream() throws Exception {
    stream.onNext(good("in work"));
    gate.awaitBegun(1);
    int name = EstimateRequest.MODEL_NAME_FIELD_NUMBER << 3 | 2;
    stream.onNext(message(new byte[] {(byte) name, 1, (byte) 0xff}));
    assertThat(transport.end).isNull();
    awaitEnd();
    assertThat(transport.end.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(transport.end.getDescription()).isNotEmpty();
  }

  @Test
  void theHeadIsThatOfTheWholeMessage() {
    EstimateStreamRequest first = Requests.withId("first", Requests.named("first"));
    EstimateStreamRequest last =
        Requests.withId(
            "last", EstimateRequest.newBuilder().setAcceleratorName("coral-usb").build());
    byte[] both = first.toByteString().concat(last.toByteString()).toByteArray();
    StreamMessage.Head head = new StreamMessage(both, Arrival.now()).head();
    assertThat(head.id()).isEqualTo("last");
    assertThat(head.hasRequest()).isTrue();
    assertThat(head.task().described().model()).isEqualTo("first");
    assertThat(head.task().described().accelerator()).isEqualTo("coral-usb");
    assertThat(head.task().form()).isEqualTo(EstimateRequest.ModelCase.GRAPH);
  }
}
