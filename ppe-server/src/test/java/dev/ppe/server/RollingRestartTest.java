package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceBlockingStub;
import dev.ppe.wire.Estimator;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replicas are replaced one after the other while clients go on calling. The clients' channels are
 * gRPC's own: round robin, health checks, and no policy of retries that would hide a failure.
 */
class RollingRestartTest {
  private static final int CALLERS = 4;

  private final List<Replica> replicas = new ArrayList<>();
  private final ConcurrentLinkedQueue<Status> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();
  private NameResolverProvider resolver;

  /** A server that counts what it answers. */
  private static final class Replica {
    final AtomicInteger answered = new AtomicInteger();
    final PpeServer server;
    final int port;

    Replica(int port, int drainSeconds) throws Exception {
      Estimator estimator =
          (request, interruption) -> {
            answered.incrementAndGet();
            return Requests.answerTo(request);
          };
      ServerConfig config =
          Loopback.config(Map.of("port", port, "drainSeconds", drainSeconds, "queueCapacity", 100));
      server = PpeServer.start(config, Estimates.direct(config, estimator));
      this.port = server.address().getPort();
    }

    void awaitWork() throws InterruptedException {
      int before = answered.get();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (answered.get() < before + 20 && System.nanoTime() < end) {
        Thread.sleep(5);
      }
      assertThat(answered.get()).as("answers of the replica").isGreaterThanOrEqualTo(before + 20);
    }
  }

  @AfterEach
  void close() {
    stop.set(true);
    NameResolverRegistry.getDefaultRegistry().deregister(resolver);
    replicas.forEach(replica -> replica.server.close());
  }

  private ManagedChannel channel() {
    List<EquivalentAddressGroup> addresses =
        replicas.stream()
            .map(replica -> new InetSocketAddress(InetAddress.getLoopbackAddress(), replica.port))
            .map(EquivalentAddressGroup::new)
            .toList();
    resolver = new FixedList(addresses);
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    return NettyChannelBuilder.forTarget(FixedList.SCHEME + ":///replicas")
        .usePlaintext()
        .defaultLoadBalancingPolicy("round_robin")
        .defaultServiceConfig(
            Map.of(
                "healthCheckConfig",
                Map.of("serviceName", PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME)))
        .disableServiceConfigLookUp()
        .build();
  }

  private void call(PowerPerformanceEvaluationServiceBlockingStub stub) {
    while (!stop.get()) {
      try {
        stub.withDeadlineAfter(60, TimeUnit.SECONDS).estimate(Requests.small());
        answers.incrementAndGet();
      } catch (RuntimeException e) {
        failures.add(Status.fromThrowable(e));
      }
    }
  }

  /**
   * Without a time for draining, what clients send before they know of the end is still answered.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 0})
  void noCallFails(int drainSeconds) throws Exception {
    replicas.add(new Replica(0, drainSeconds));
    replicas.add(new Replica(0, drainSeconds));
    ManagedChannel channel = channel();
    var stub = PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(Thread.ofPlatform().start(() -> call(stub)));
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < replicas.size(); i++) {
        for (Replica replica : replicas) {
          replica.awaitWork(); // both answer before one of them goes
        }
        Replica old = replicas.get(i);
        assertThat(old.server.shutdown()).as("all calls were answered").isTrue();
        replicas.set(i, new Replica(old.port, drainSeconds));
      }
    }
    for (Replica replica : replicas) {
      replica.awaitWork();
    }
    stop.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    channel.shutdownNow();
    assertThat(failures).isEmpty();
    assertThat(answers.get()).isGreaterThan(100);
  }

  /** Resolves to the replicas' addresses, each of which keeps its port. */
  private static final class FixedList extends NameResolverProvider {
    static final String SCHEME = "rolling";

    private final List<EquivalentAddressGroup> addresses;

    FixedList(List<EquivalentAddressGroup> addresses) {
      this.addresses = addresses;
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
      return new NameResolver() {
        @Override
        public String getServiceAuthority() {
          return "localhost";
        }

        @Override
        public void start(Listener2 listener) {
          listener.onResult(
              ResolutionResult.newBuilder()
                  .setAddressesOrError(StatusOr.fromValue(addresses))
                  .build());
        }

        @Override
        public void shutdown() {}
      };
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
      return Set.of(InetSocketAddress.class);
    }
  }
}
