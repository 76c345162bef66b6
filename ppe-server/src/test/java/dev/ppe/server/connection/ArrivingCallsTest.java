package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.connection.ClientLimits.Refusal;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer.ServerCallInfo;
import io.grpc.Status;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls as gRPC's transport tells of them, with a clock that a test has. */
class ArrivingCallsTest {
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  private final CallLimits limits = new CallLimits(2, 2);
  private final ArrivingBytes bytes = new ArrivingBytes(10_000);
  private final ArrivingCalls calls = new ArrivingCalls(limits, bytes, Duration.ZERO);
  private final List<Status> ends = new ArrayList<>();

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
    ArrivingCall call = (ArrivingCall) calls.newServerStreamTracer("test/Call", new Metadata());
    start(call, type);
    if (call.refusal().isEmpty()) {
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

  private static void receive(ArrivingCall call, int number) {
    call.inboundMessage(number);
    call.inboundWireSize(100);
    call.inboundMessageRead(number, 100, 100);
  }

  private static void passTime(ArrivingCall call) {
    call.endIfLate(System.nanoTime() + 2 * PATIENCE, PATIENCE);
  }

  @Test
  void aCallOfOneRequestIsWaitedForUntilItsClientHasSaidAll() {
    ArrivingCall call = started(MethodType.UNARY);
    receive(call, 0);
    call.messageTaken();
    assertThat(bytes.bytes()).isGreaterThanOrEqualTo(100);
    passTime(call);
    assertThat(ends).singleElement().returns(Status.Code.DEADLINE_EXCEEDED, Status::getCode);
  }

  @Test
  void aCallThatHasItsRequestMayTakeAnyTime() {
    ArrivingCall call = started(MethodType.UNARY);
    receive(call, 0);
    call.allTaken();
    assertThat(bytes.bytes()).isZero();
    passTime(call);
    assertThat(ends).isEmpty();
  }

  @Test
  void aStreamMayBeSilentBetweenItsRequestsAndNotWithinOne() {
    ArrivingCall call = started(MethodType.BIDI_STREAMING);
    receive(call, 0);
    call.messageTaken();
    assertThat(bytes.bytes()).isZero();
    passTime(call);
    assertThat(ends).isEmpty();
    call.inboundMessage(1);
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
    receive(call, 0);
    receive(call, 1);
    long both = bytes.bytes();
    call.messageTaken();
    assertThat(bytes.bytes()).isEqualTo(both / 2);
    call.messageTaken();
    assertThat(bytes.bytes()).isZero();
  }

  @Test
  void partsCountHoweverSmallTheyAre() {
    ArrivingCall call = started(MethodType.UNARY);
    call.inboundMessage(0);
    for (int i = 0; i < 30; i++) {
      call.inboundWireSize(1);
    }
    assertThat(bytes.bytes()).isGreaterThan(30 * 100);
    assertThat(ends).isEmpty();
    for (int i = 0; i < 10; i++) {
      call.inboundWireSize(1);
    }
    assertThat(ends).singleElement().returns(Status.Code.RESOURCE_EXHAUSTED, Status::getCode);
    assertThat(calls.endedForBytes()).isEqualTo(1);
  }

  @Test
  void whatACallHoldsIsForgottenAtItsEnd() {
    ArrivingCall call = started(MethodType.BIDI_STREAMING);
    receive(call, 0);
    call.inboundWireSize(50);
    assertThat(limits.open()).isOne();
    call.streamClosed(Status.CANCELLED);
    call.streamClosed(Status.CANCELLED);
    call.messageTaken(); // it was on its way to whoever takes it
    call.inboundWireSize(50);
    passTime(call);
    assertThat(bytes.bytes()).isZero();
    assertThat(limits.open()).isZero();
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
    assertThat(refused.refusal()).contains(Refusal.CLIENT);
    refused.streamClosed(Status.CANCELLED);
    assertThat(limits.open()).isEqualTo(2);
  }
}
