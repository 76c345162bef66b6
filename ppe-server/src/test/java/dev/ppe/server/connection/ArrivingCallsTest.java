package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ppe.server.connection.ClientLimits.Refusal;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerStreamTracer.ServerCallInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.protobuf.StatusProto;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls as gRPC's transport tells of them, with a clock that a test has. */
class ArrivingCallsTest {
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  private final CallLimits limits = new CallLimits(2, 2);
  private final ArrivingBytes bytes = new ArrivingBytes(10_000);
  private final ArrivingCalls calls =
      new ArrivingCalls(
          limits, new StreamLimits(4, 4, new LostCalls(0, 0, () -> 0)), bytes, Duration.ZERO);
  private final List<Status> ends = new ArrayList<>();
  private final Semaphore resets = new Semaphore(0);
  private final Thread transport = new Thread("of a connection");

  @AfterEach
  void close() {
    calls.close();
  }

  private static MethodDescriptor<byte[], byte[]> method(MethodType type) {
    MethodDescriptor.Marshaller<byte[]> marshaller =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(byte[] value) {
            throw new AssertionError();
          }

          @Override
          public byte[] parse(InputStream stream) {
            throw new AssertionError();
          }
        };
    return MethodDescriptor.newBuilder(marshaller, marshaller)
        .setType(type)
        .setFullMethodName("test/Call")
        .build();
  }

  private final class Played extends ServerCall<byte[], byte[]> {
    private final MethodDescriptor<byte[], byte[]> method;

    Played(MethodDescriptor<byte[], byte[]> method) {
      this.method = method;
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(byte[] message) {}

    @Override
    public void close(Status status, Metadata trailers) {
      ends.add(status);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
      return method;
    }
  }

  private ArrivingCall started(MethodType type) {
    ArrivingCall call = new ArrivingCall(calls, true, transport, resets::release);
    start(call, type);
    if (call.place().refusal().isEmpty()) {
      call.begin(new Played(method(type)));
    }
    return call;
  }

  private static void start(ArrivingCall call, MethodType type) {
    call.serverCallStarted(
        new ServerCallInfo<byte[], byte[]>() {
          @Override
          public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
            return method(type);
          }

          @Override
          public Attributes getAttributes() {
            return Attributes.EMPTY;
          }

          @Override
          public String getAuthority() {
            return "";
          }
        });
  }

  /** The beginning of a message of 100 bytes. */
  private static ByteBuf begun(int some) {
    return Unpooled.buffer().writeByte(0).writeInt(100).writeZero(some);
  }

  private static void receive(ArrivingCall call) {
    assertThat(arrived(call, begun(100))).isTrue();
  }

  private static void passTime(ArrivingCall call) {
    call.endIfLate(System.nanoTime() + 2 * PATIENCE, PATIENCE);
  }

  @Test
  void aCallOfOneRequestIsWaitedForUntilItsClientHasSaidAll() {
    ArrivingCall call = started(MethodType.UNARY);
    receive(call);
    call.messageTaken();
    assertThat(bytes.bytes()).isGreaterThanOrEqualTo(100);
    passTime(call);
    assertThat(ends).singleElement().returns(Status.Code.DEADLINE_EXCEEDED, Status::getCode);
  }

  @Test
  void aCallThatHasItsRequestMayTakeAnyTime() {
    ArrivingCall call = started(MethodType.UNARY);
    receive(call);
    call.allTaken();
    assertThat(bytes.bytes()).isZero();
    passTime(call);
    assertThat(ends).isEmpty();
  }

  @Test
  void aStreamMayBeSilentBetweenItsRequestsAndNotWithinOne() {
    ArrivingCall call = started(MethodType.BIDI_STREAMING);
    receive(call);
    call.inboundMessage(0);
    call.messageTaken();
    assertThat(bytes.bytes()).isZero();
    passTime(call);
    assertThat(ends).isEmpty();
    arrived(call, begun(100).writeBytes(begun(1))); // one more, and the next one's beginning
    call.inboundMessage(1);
    passTime(call);
    assertThat(ends).as("the next one is not asked for").isEmpty();
    call.inboundMessage(2);
    passTime(call);
    assertThat(ends).singleElement().returns(Status.Code.DEADLINE_EXCEEDED, Status::getCode);
  }

  @Test
  void aStreamMayBeOpenedLongBeforeThereIsAnythingToAsk() {
    passTime(started(MethodType.BIDI_STREAMING));
    assertThat(ends).isEmpty();
  }

  @Test
  void aStreamsRequestsCountUntilEachIsTaken() {
    ArrivingCall call = started(MethodType.BIDI_STREAMING);
    receive(call);
    receive(call);
    long both = bytes.bytes();
    call.messageTaken();
    assertThat(bytes.bytes()).isEqualTo(both / 2);
    call.messageTaken();
    assertThat(bytes.bytes()).isZero();
  }

  @Test
  void partsCountHoweverSmallTheyAre() {
    ArrivingCall call = started(MethodType.UNARY);
    arrived(call, begun(0));
    for (int i = 0; i < 30; i++) {
      assertThat(arrived(call, Unpooled.wrappedBuffer(new byte[1]))).isTrue();
    }
    assertThat(bytes.bytes()).isGreaterThan(30 * 100);
    assertThat(ends).isEmpty();
    for (int i = 0; i < 10; i++) {
      arrived(call, Unpooled.wrappedBuffer(new byte[1]));
    }
    assertThat(ends).singleElement().returns(Status.Code.RESOURCE_EXHAUSTED, Status::getCode);
    assertThat(calls.endedForBytes()).isEqualTo(1);
  }

  @Test
  void whatComesForACallThatWasClosedIsThrownAwayAndItsStreamGivenUp() throws Exception {
    ArrivingCall call = started(MethodType.BIDI_STREAMING);
    arrived(call, Unpooled.wrappedBuffer(new byte[6_000])); // begins a message of no byte
    assertThat(ends).hasSize(1);
    long held = bytes.bytes();
    assertThat(arrived(call, Unpooled.wrappedBuffer(new byte[1]))).isFalse();
    assertThat(bytes.bytes()).isEqualTo(held);
    assertThat(resets.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    call.streamClosed(Status.CANCELLED);
    call.end();
    assertThat(bytes.bytes()).isZero();
    assertThat(ends).hasSize(1);
  }

  @Test
  void whatComesBeforeACallHasStartedCountsFromThenOn() {
    ArrivingCall call = new ArrivingCall(calls, true, transport, () -> {});
    receive(call);
    assertThat(bytes.bytes()).isZero();
    start(call, MethodType.UNARY);
    assertThat(bytes.bytes()).isGreaterThan(100);
    call.streamClosed(Status.CANCELLED);
    assertThat(bytes.bytes()).isZero();
  }

  @Test
  void whatWasNotPackedCountsOnce() throws Exception {
    ArrivingCall call = new ArrivingCall(calls, true, Thread.currentThread(), () -> {});
    start(call, MethodType.BIDI_STREAMING);
    call.begin(new Played(method(MethodType.BIDI_STREAMING)));
    receive(call);
    receive(call);
    long both = bytes.bytes();
    call.inboundUncompressedSize(100); // all messages, before the first is taken
    call.inboundUncompressedSize(100);
    call.inboundUncompressedSize(100_000);
    assertThat(bytes.bytes()).isEqualTo(both);
  }

  @Test
  void whatWasPackedCountsAsItIsUnpacked() {
    ArrivingCall call = started(MethodType.UNARY);
    receive(call);
    long packed = bytes.bytes();
    call.inboundUncompressedSize(packed - 10);
    assertThat(bytes.bytes()).isEqualTo(packed);
    call.inboundUncompressedSize(1_010);
    assertThat(bytes.bytes()).isEqualTo(packed + 2_000); // in parts, and in one piece
    call.messageRead();
    assertThat(bytes.bytes()).isEqualTo(packed + 1_000);
    assertThatThrownBy(() -> call.inboundUncompressedSize(5_000))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("RESOURCE_EXHAUSTED");
    call.allTaken();
    assertThat(bytes.bytes()).isZero();
  }

  private static List<?> detailsOf(ThrowingCallable refused) {
    return StatusProto.fromThrowable(catchThrowable(refused)).getDetailsList();
  }

  @Test
  void whatDoesNotFitUnpackedIsToComeAgainOnlyIfItFitsAlone() {
    ArrivingCall first = started(MethodType.UNARY);
    receive(first);
    first.inboundUncompressedSize(2_000);
    ArrivingCall second = started(MethodType.UNARY);
    receive(second);
    assertThat(detailsOf(() -> second.inboundUncompressedSize(2_000))).hasSize(1);
    second.allTaken();
    assertThat(detailsOf(() -> first.inboundUncompressedSize(900))).isEmpty(); // with what it was
  }

  @Test
  void aFrameIsHeldByTheLastMessageInIt() {
    ArrivingCall call = started(MethodType.BIDI_STREAMING);
    arrived(call, begun(100).writeBytes(begun(50)));
    long both = bytes.bytes();
    call.messageTaken();
    assertThat(both - bytes.bytes()).isBetween(1L, 150L); // and not its buffer, which is there yet
    arrived(call, Unpooled.wrappedBuffer(new byte[50]));
    call.messageTaken();
    assertThat(bytes.bytes()).isZero();
  }

  @Test
  void whatACallHoldsIsForgottenAtItsEnd() {
    ArrivingCall call = started(MethodType.BIDI_STREAMING);
    receive(call);
    arrived(call, begun(50));
    assertThat(limits.open()).isOne();
    call.streamClosed(Status.CANCELLED);
    call.streamClosed(Status.CANCELLED);
    assertThat(limits.open()).isOne(); // who listens has not heard of it
    assertThat(bytes.bytes()).isPositive(); // it is on its way to whoever takes it
    arrived(call, begun(50));
    passTime(call);
    call.messageTaken();
    call.end();
    call.end();
    assertThat(limits.open()).isZero();
    assertThat(bytes.bytes()).isZero();
  }

  private ServerCall.Listener<byte[]> intercepted(
      ArrivingCall call, ServerCallHandler<byte[], byte[]> handler) throws Exception {
    Played played = new Played(method(MethodType.UNARY));
    return Context.current()
        .withValue(ArrivingCall.KEY, call)
        .call(() -> calls.interceptor().interceptCall(played, new Metadata(), handler));
  }

  @Test
  void whatSomebodyIsToTakeIsHeldUntilHeHearsOfTheEnd() throws Exception {
    ArrivingCall call = new ArrivingCall(calls, true, transport, resets::release);
    start(call, MethodType.UNARY);
    ServerCall.Listener<byte[]> listener =
        intercepted(call, (ignored, headers) -> new ServerCall.Listener<>() {});
    receive(call);
    call.streamClosed(Status.CANCELLED);
    assertThat(bytes.bytes()).isPositive();
    listener.onCancel();
    assertThat(bytes.bytes()).isZero();
  }

  @Test
  void whatNobodyTakesIsForgottenAtTheEndOfItsCall() {
    ArrivingCall call = new ArrivingCall(calls, true, transport, resets::release);
    start(call, MethodType.UNARY);
    receive(call);
    assertThatThrownBy(
            () ->
                intercepted(
                    call,
                    (ignored, headers) -> {
                      throw new IllegalStateException("not let in");
                    }))
        .hasMessage("not let in");
    call.streamClosed(Status.CANCELLED);
    assertThat(bytes.bytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4_000, 9_000})
  void oneThatNeverFitsIsTooLargeInWhateverPartsItComes(int part) {
    ArrivingCall call = started(MethodType.UNARY);
    arrived(call, Unpooled.buffer().writeByte(0).writeInt(9_000));
    for (int here = 0; here < 9_000 && ends.isEmpty(); here += part) {
      arrived(call, Unpooled.wrappedBuffer(new byte[Math.min(part, 9_000 - here)]));
    }
    assertThat(ends)
        .singleElement()
        .satisfies(status -> assertThat(status.getDescription()).contains("more than the 5000 by"));
  }

  @ParameterizedTest
  @CsvSource({"4500, too many bytes of requests", "9000, more than the 5000 bytes"})
  void besideOthersTheLengthThatIsSaidDecidesWhetherItMayComeAgain(int said, String words) {
    ArrivingCall first = started(MethodType.UNARY);
    arrived(first, Unpooled.buffer().writeByte(0).writeInt(2_500).writeZero(2_000));
    ArrivingCall second = started(MethodType.UNARY);
    arrived(second, Unpooled.buffer().writeByte(0).writeInt(said).writeZero(4_000));
    assertThat(ends)
        .singleElement()
        .satisfies(status -> assertThat(status.getDescription()).contains(words));
  }

  @Test
  void nothingIsUnpackedOfACallThatHasEnded() {
    ArrivingCall call = started(MethodType.UNARY);
    receive(call);
    call.inboundUncompressedSize(1_000);
    call.streamClosed(Status.CANCELLED);
    assertThatThrownBy(() -> call.inboundUncompressedSize(1_000)).hasMessageContaining("CANCELLED");
    call.end();
    assertThat(bytes.bytes()).isZero();
  }

  @Test
  void aCallThatWasTakenBackBeforeItBeganDoesNotCount() {
    ArrivingCall call = (ArrivingCall) calls.newServerStreamTracer("test/Call", new Metadata());
    call.streamClosed(Status.CANCELLED);
    start(call, MethodType.UNARY);
    assertThat(limits.open()).isZero();
  }

  @Test
  void aCallTooManyIsToldAndDoesNotMakeRoomWhenItEnds() {
    started(MethodType.UNARY);
    started(MethodType.UNARY);
    ArrivingCall refused = started(MethodType.UNARY);
    assertThat(refused.place().refusal()).contains(Refusal.CLIENT);
    refused.streamClosed(Status.CANCELLED);
    assertThat(limits.open()).isEqualTo(2);
  }

  private static boolean arrived(ArrivingCall call, ByteBuf frame) {
    return call.arrived(frame, false);
  }
}
