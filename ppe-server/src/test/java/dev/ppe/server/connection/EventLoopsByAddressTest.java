package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose connections are on which threads. */
class EventLoopsByAddressTest {
  private final EventLoopsByAddress loops =
      new EventLoopsByAddress(8, 2, NioIoHandler.newFactory());

  @AfterEach
  void end() {
    Future<?> unused = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void theConnectionsOfAnAddressAreOnItsThreads() throws InterruptedException {
    Set<EventLoop> used = new HashSet<>();
    for (int i = 0; i < 10; i++) { // all remain
      Channel connection = new NioSocketChannel();
      ChannelFuture unused = loops.register(connection).sync();
      used.add(connection.eventLoop());
    }

    assertThat(used).hasSize(2);
  }

  @Test
  void aConnectionThatEndsGivesItsThreadBack() throws InterruptedException {
    Channel connection = new NioSocketChannel();
    ChannelFuture unused = loops.register(connection).sync();

    unused = connection.close().sync();

    assertThat(twoThreadsOf(1)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void theThreadsOfAnAddressHaveTheirTurns() {
    assertThat(IntStream.range(0, 5).map(i -> loops.take(client(1))))
        .containsExactly(0, 1, 0, 1, 0);
  }

  @Test
  void addressesHaveThreadsOfTheirOwnWhileThereAreSome() {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      used.addAll(twoThreadsOf(i));
    }

    assertThat(used).hasSize(16);
  }

  @Test
  void addressesKeepTheirThreadsWhileTheyAreConnected() {
    Set<Integer> used = twoThreadsOf(1);
    loops.giveBack(client(1));
    int other = loops.take(client(2));

    assertThat(twoThreadsOf(1)).isEqualTo(used);
    assertThat(used).doesNotContain(other);
  }

  @Test
  void threadsThatAnAddressHasLeftAreTakenFirst() {
    for (int i = 0; i < 8; i++) {
      int unused = loops.take(client(i));
    }
    loops.giveBack(client(5));

    assertThat(twoThreadsOf(8)).containsExactlyInAnyOrder(10, 11);
  }

  private Set<Integer> twoThreadsOf(int client) {
    Set<Integer> threads = new HashSet<>();
    threads.add(loops.take(client(client)));
    threads.add(loops.take(client(client)));
    return threads;
  }

  private static ClientIdentity client(int number) {
    return ClientIdentity.ofAddress("10.0.0." + number);
  }
}
