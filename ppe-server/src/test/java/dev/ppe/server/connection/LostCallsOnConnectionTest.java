package dev.ppe.server.connection;

import static dev.ppe.server.connection.Http2Bytes.CALL;
import static dev.ppe.server.connection.Http2Bytes.CANCEL;
import static dev.ppe.server.connection.Http2Bytes.END_HEADERS;
import static dev.ppe.server.connection.Http2Bytes.END_STREAM;
import static dev.ppe.server.connection.Http2Bytes.HEADERS;
import static dev.ppe.server.connection.Http2Bytes.MOST;
import static dev.ppe.server.connection.Http2Bytes.RST_STREAM;
import static dev.ppe.server.connection.Http2Bytes.WINDOW_UPDATE;
import static dev.ppe.server.connection.Http2Bytes.frame;
import static dev.ppe.server.connection.Http2Bytes.preface;
import static dev.ppe.server.connection.Http2Bytes.resets;
import static dev.ppe.server.connection.Http2Bytes.watched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which calls of a connection are lost, and what becomes of one that loses too many. */
class LostCallsOnConnectionTest {
  @Test
  void whoTakesTooManyCallsBackLosesTheConnectionAndGetsNoOther() {
    AtomicLong now = new AtomicLong();
    LostCalls lost = new LostCalls(1, 2, now::get);
    CallBeginner gRpc = new CallBeginner();
    EmbeddedChannel channel = watched(gRpc, new StreamLimits(10, 10, lost));
    ByteBuf read = preface();
    for (int stream : List.of(1, 3, 5, 7)) {
      frame(read, HEADERS, END_HEADERS, stream, CALL);
      frame(read, RST_STREAM, 0, stream, CANCEL);
    }
    channel.writeInbound(read);

    ClientIdentity client = ClientIdentity.byAddress(channel.remoteAddress());
    assertThat(gRpc.begun).containsOnlyKeys(1, 3, 5);
    assertThat(channel.isOpen()).isFalse();
    assertThat(lost.lost()).isEqualTo(3);
    assertThat(lost.bars(client)).isTrue();

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(lost.bars(client)).isFalse();
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }

  @Test
  void callsThatEndWithTheirConnectionAreLostAndAnsweredOnesAreNot() {
    LostCalls lost = new LostCalls(1, 10, () -> 0);
    CallBeginner gRpc = new CallBeginner();
    EmbeddedChannel channel = watched(gRpc, new StreamLimits(10, 10, lost));
    ByteBuf read = preface();
    for (int stream : List.of(1, 3, 5)) {
      frame(read, HEADERS, END_HEADERS | END_STREAM, stream, CALL);
    }
    channel.writeInbound(read);
    gRpc.answer(3);
    assertThat(lost.lost()).isZero();

    channel.finishAndReleaseAll();

    assertThat(lost.lost()).isEqualTo(2);
    gRpc.calls.close();
  }

  @Test
  void whoFloodsBeyondWhatIsRefusedLosesTheConnection() {
    LostCalls lost = new LostCalls(1, 2, () -> 0);
    CallBeginner gRpc = new CallBeginner();
    EmbeddedChannel channel = watched(gRpc, new StreamLimits(10, 1, lost));
    ByteBuf read = preface();
    for (int stream : List.of(1, 3, 5)) {
      frame(read, HEADERS, END_HEADERS, stream, CALL);
    }
    channel.writeInbound(read);
    assertThat(channel.isOpen()).isTrue();

    ByteBuf more = Unpooled.buffer();
    frame(more, HEADERS, END_HEADERS, 7, CALL);
    channel.writeInbound(more);

    assertThat(channel.isOpen()).isFalse();
    assertThat(gRpc.begun).containsOnlyKeys(1);
    assertThat(lost.lost()).isEqualTo(4); // with the first, when its connection ends
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }

  @Test
  void callsBeyondThoseThatAClientMayHaveAreLostThoughTheyAreAnswered() {
    LostCalls lost = new LostCalls(1, 10, () -> 0);
    CallBeginner gRpc = new CallBeginner();
    EmbeddedChannel channel = watched(gRpc, new StreamLimits(20, 20, lost));
    ByteBuf read = preface();
    for (int stream = 1; stream <= 21; stream += 2) {
      frame(read, HEADERS, END_HEADERS | END_STREAM, stream, CALL);
    }
    channel.writeInbound(read);
    gRpc.begun.values().forEach(call -> call.place().take(ClientIdentity.ofAddress("10.0.0.7")));

    gRpc.answer(19);
    assertThat(lost.lost()).isZero();
    gRpc.answer(21);
    assertThat(lost.lost()).isEqualTo(1);
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }

  @Test
  void callsOfStreamsThatBreakTheProtocolAreLost() {
    LostCalls lost = new LostCalls(1, 10, () -> 0);
    CallBeginner gRpc = new CallBeginner();
    EmbeddedChannel channel = watched(gRpc, new StreamLimits(20, 20, lost));
    ByteBuf read = preface();
    frame(read, HEADERS, END_HEADERS | END_STREAM, 1, CALL);
    frame(read, WINDOW_UPDATE, 0, 1, MOST); // more than a window may have (CVE-2025-8671)
    channel.writeInbound(read);

    assertThat(resets(channel)).containsExactly("1 for 3"); // FLOW_CONTROL_ERROR
    assertThat(channel.isOpen()).isTrue();
    assertThat(lost.lost()).isEqualTo(1);
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }

  @Test
  void nobodyLosesACallForWantOfRoomThatOthersTake() {
    LostCalls lost = new LostCalls(1, 0, () -> 0);
    CallBeginner gRpc = new CallBeginner();
    EmbeddedChannel channel = watched(gRpc, new StreamLimits(1, 9, lost));
    ByteBuf read = preface();
    for (int stream : List.of(1, 3, 5)) {
      frame(read, HEADERS, END_HEADERS, stream, CALL);
    }
    channel.writeInbound(read);

    assertThat(resets(channel)).containsExactly("3 for 7", "5 for 7"); // REFUSED_STREAM
    assertThat(channel.isOpen()).isTrue();
    assertThat(lost.lost()).isZero();
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }
}
