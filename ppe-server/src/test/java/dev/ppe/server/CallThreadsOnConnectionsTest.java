package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Clients of two addresses, and one thread for their calls. */
@EnabledOnOs(OS.LINUX) // where all of 127/8 is this machine
class CallThreadsOnConnectionsTest {
  private static final int CALLS = 50;
  private static final int SECONDS = 60;
  private static final String GREEDY = "127.0.0.2";
  private static final String MODEST = "127.0.0.3";
  private static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.newBuilder(new BytesMarshaller(), new BytesMarshaller())
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("test/Call")
          .build();

  private final CallThreads threads = new CallThreads(1);
  private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
  private final Semaphore permits = new Semaphore(0);
  private final AtomicInteger begun = new AtomicInteger();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicInteger modestAnswers = new AtomicInteger();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(threads.door())
            .callExecutor(new Counted())
            .addService(
                ServerServiceDefinition.builder("test")
                    .addMethod(METHOD, ServerCalls.asyncUnaryCall(this::answer))
                    .build())
            .build()
            .start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    permits.release(CALLS);
    channels.forEach(ManagedChannel::shutdownNow);
    assertThat(server.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS)).isTrue();
    threads.close();
  }

  /** A request of the greedy client takes the one thread until there is a permit. */
  private void answer(byte[] request, StreamObserver<byte[]> answers) {
    if (request.length > 0) {
      begun.incrementAndGet();
      permits.acquireUninterruptibly();
    } else {
      modestAnswers.incrementAndGet();
    }
    answers.onNext(request);
    answers.onCompleted();
  }

  private void call(String address, int times, byte[] request) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
            .localSocketPicker(new FromAddress(address))
            .usePlaintext()
            .build();
    channels.add(channel);
    for (int i = 0; i < times; i++) {
      var unused =
          ClientCalls.futureUnaryCall(channel.newCall(METHOD, CallOptions.DEFAULT), request);
    }
  }

  /** Counts each client's steps that have come and not begun. */
  private final class Counted implements ServerCallExecutorSupplier {
    @Override
    public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
      AtomicInteger waiting = waiting(ClientIdentity.of(call.getAttributes()).name());
      Executor executor = threads.getExecutor(call, headers);
      return step -> {
        waiting.incrementAndGet();
        executor.execute(
            () -> {
              waiting.decrementAndGet();
              step.run();
            });
      };
    }
  }

  private AtomicInteger waiting(String address) {
    return waiting.computeIfAbsent(address, client -> new AtomicInteger());
  }

  private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(1);
    }
  }

  @Test
  void whoHasOneCallDoesNotWaitForAllOfAnother() throws InterruptedException {
    call(GREEDY, CALLS, new byte[] {1});
    awaitThat(() -> begun.get() == 1 && waiting(GREEDY).get() == CALLS - 1);
    call(MODEST, 1, new byte[0]);
    awaitThat(() -> waiting(MODEST).get() == 1);
    int turns = 0;
    while (modestAnswers.get() == 0 && turns < CALLS - 1) {
      int before = begun.get();
      permits.release();
      awaitThat(() -> begun.get() > before); // the next one holds the thread
      awaitThat(() -> modestAnswers.get() > 0 || waiting(MODEST).get() == 1);
      turns++;
    }
    // Its beginning, that it may send, its request and its end: four steps, and none waits for two.
    assertThat(turns).isLessThanOrEqualTo(5);
  }
}
