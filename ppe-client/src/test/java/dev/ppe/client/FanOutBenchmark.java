package dev.ppe.client;

import com.sun.management.OperatingSystemMXBean;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.wire.GraphCodec;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How many estimates a second replicas give through {@link PpeClient#estimateAll}, each alone and
 * all together; what a request costs this process in CPU time; and what it costs that one of them
 * is killed when half of the answers are there. To compare, the same by futures, all begun at once,
 * and by one {@code EstimateStream}. Candidates are cells of NAS-Bench-201, written before the
 * clock starts.
 *
 * <p>Replicas must not know the answers: {@code --cache-bytes 0 --memo-bytes 0}. Each has a core of
 * its own, and this program gets the cores of those that it asks ({@code taskset}): a replica alone
 * shares its core with its client, and two share two. docs/client-library.md has the commands.
 *
 * <pre>
 * FanOutBenchmark canned                                    a replica that does no work
 * FanOutBenchmark 10000 HOST:PORT,HOST:PORT [CORE,CORE]     all but the last of eight rounds warm up
 * FanOutBenchmark 10000 HOST:PORT,HOST:PORT CORE,CORE PID   and at the end kills the last replica
 * </pre>
 */
public final class FanOutBenchmark {
  private static final int IN_FLIGHT = 32;
  private static final int CELLS = 15_625;
  private static final int ROUNDS = 8;

  private FanOutBenchmark() {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("canned")) {
      canned();
      return;
    }
    int count = Integer.parseInt(arguments[0]);
    Target all = Target.parse(arguments[1]);
    List<String> cores = arguments.length > 2 ? List.of(arguments[2].split(",", -1)) : List.of();
    List<EstimateRequest> requests =
        IntStream.range(0, count).mapToObj(FanOutBenchmark::request).toList();
    System.out.printf(
        "%d requests of %d bytes on average%n",
        count, requests.stream().mapToLong(EstimateRequest::getSerializedSize).sum() / count);
    Rates rates = new Rates(0, 0);
    for (int round = 0; round < ROUNDS; round++) { // all but the last warm up
      rates = round(all, cores, requests);
    }
    if (arguments.length > 3) {
      kill(all, Long.parseLong(arguments[3]), requests, rates);
    }
  }

  /**
   * Requests a second.
   *
   * @param first of the first replica alone
   * @param together of all of them
   */
  private record Rates(double first, double together) {}

  private static Rates round(Target all, List<String> cores, List<EstimateRequest> requests)
      throws IOException, InterruptedException {
    List<Target> each = all.each();
    List<Double> alone = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      Target one = each.get(i);
      pin(cores.isEmpty() ? cores : List.of(cores.get(i)));
      alone.add(rate(one + " alone", requests, () -> estimateAll(one, requests, done -> {})));
      rate(one + " by futures", requests, () -> futures(one, requests));
      rate(one + " by EstimateStream", requests, () -> stream(one, requests));
    }
    pin(cores);
    double together =
        rate(all + " together", requests, () -> estimateAll(all, requests, done -> {}));
    double sum = alone.stream().mapToDouble(rate -> rate).sum();
    System.out.printf(Locale.ROOT, "together / sum of each alone: %.3f%n", together / sum);
    return new Rates(alone.getFirst(), together);
  }

  /** The last of two replicas ends when half of the answers are there. */
  private static void kill(Target two, long pid, List<EstimateRequest> requests, Rates rates) {
    ProcessHandle replica = ProcessHandle.of(pid).orElseThrow();
    AtomicBoolean killed = new AtomicBoolean();
    double rate =
        rate(
            two + ", one killed",
            requests,
            () ->
                estimateAll(
                    two,
                    requests,
                    done -> {
                      if (2 * done.done() >= requests.size() && killed.compareAndSet(false, true)) {
                        replica.destroyForcibly();
                      }
                    }));
    double half = requests.size() / 2.0;
    double share = half / rates.together() + half / rates.first();
    System.out.printf(
        Locale.ROOT,
        "one of two killed: %.2f s, none lost; half together and half by the other alone: %.2f s%n",
        requests.size() / rate,
        share);
  }

  /** Lets this process run on these cores alone; on all where none is named. */
  private static void pin(List<String> cores) throws IOException, InterruptedException {
    if (!cores.isEmpty()) {
      long self = ProcessHandle.current().pid();
      Process taskset =
          new ProcessBuilder("taskset", "-a", "-c", "-p", String.join(",", cores), "" + self)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (taskset.waitFor() != 0) {
        throw new IllegalStateException("taskset failed");
      }
    }
  }

  private static EstimateRequest request(int index) {
    return EstimateRequest.newBuilder()
        .setModelName("candidate")
        .setDetail(Detail.DETAIL_SUMMARY)
        .setGraph(GraphCodec.encode(Zoo.find("nasbench201/" + index % CELLS).orElseThrow().graph()))
        .build();
  }

  /** Answers without work, and for ever. */
  private static void canned() throws InterruptedException {
    EstimateResponse answer = TestServer.summary();
    TestServer server = TestServer.around((request, interruption) -> answer);
    System.out.println(server.address());
    server.awaitEnd();
  }

  private static double rate(String what, List<EstimateRequest> requests, Runnable work) {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    double micros = (process.getProcessCpuTime() - cpu) / 1e3 / requests.size();
    double rate = requests.size() / seconds;
    System.out.printf(
        Locale.ROOT, "%-50s %8.0f a second, %6.1f us of CPU a request%n", what, rate, micros);
    return rate;
  }

  private static PpeClient client(Target target) {
    return PpeClient.builder()
        .target(target)
        .maxInFlightPerReplica(IN_FLIGHT)
        .onNote(System.out::println)
        .build();
  }

  private static void estimateAll(
      Target target, List<EstimateRequest> requests, Consumer<Progress> progress) {
    try (PpeClient client = client(target)) {
      long failures =
          client
              .estimateAll(requests.stream(), Function.identity(), progress)
              .filter(Outcome.Failure.class::isInstance)
              .count();
      if (failures > 0) {
        throw new IllegalStateException(failures + " requests failed");
      }
    }
  }

  private static void futures(Target target, List<EstimateRequest> requests) {
    try (PpeClient client = client(target)) {
      requests.stream().map(client::estimateAsync).toList().forEach(CompletableFuture::join);
    }
  }

  private static void stream(Target target, List<EstimateRequest> requests) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(target.uri(), InsecureChannelCredentials.create()).build();
    Semaphore room = new Semaphore(IN_FLIGHT);
    StreamObserver<EstimateStreamRequest> call =
        PowerPerformanceEvaluationServiceGrpc.newStub(channel)
            .estimateStream(
                new StreamObserver<EstimateStreamResponse>() {
                  @Override
                  public void onNext(EstimateStreamResponse answer) {
                    room.release();
                  }

                  @Override
                  public void onError(Throwable failure) {
                    System.out.println(failure.getMessage());
                    room.release(requests.size());
                  }

                  @Override
                  public void onCompleted() {}
                });
    for (int i = 0; i < requests.size(); i++) {
      room.acquireUninterruptibly();
      call.onNext(
          EstimateStreamRequest.newBuilder().setId("" + i).setRequest(requests.get(i)).build());
    }
    room.acquireUninterruptibly(IN_FLIGHT);
    call.onCompleted();
    channel.shutdownNow();
  }
}
