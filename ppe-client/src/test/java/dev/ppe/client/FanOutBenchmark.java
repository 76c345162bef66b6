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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How many estimates a second replicas give through {@link PpeClient#estimateAll}, each alone and
 * all together, and what a request costs this process in CPU time; and the same for one {@code
 * EstimateStream}, to compare. Candidates are cells of NAS-Bench-201, written before the clock
 * starts.
 *
 * <p>Replicas must not know the answers: {@code cacheBytes: 0} in their configuration. Pin them and
 * this program to cores of their own ({@code taskset -c}), or they take them from each other. What
 * a request costs the client alone is seen against replicas that do no work:
 *
 * <pre>
 * ./build -pl ppe-client -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd ppe-client; CP=target/test-classes:target/classes:$(cat target/classpath)
 * java -cp $CP dev.ppe.client.FanOutBenchmark canned &amp;      # prints its address; twice for two
 * java -cp $CP dev.ppe.client.FanOutBenchmark 10000 HOST:PORT,HOST:PORT
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
    List<EstimateRequest> requests =
        IntStream.range(0, count).mapToObj(FanOutBenchmark::request).toList();
    System.out.printf(
        "%d requests of %d bytes on average%n",
        count, requests.stream().mapToLong(EstimateRequest::getSerializedSize).sum() / count);
    for (int round = 0; round < ROUNDS; round++) { // all but the last warm up
      double sum = 0;
      for (Target one : all.each()) {
        sum += rate(one + " alone", requests, () -> estimateAll(one, requests));
      }
      double together = rate(all + " together", requests, () -> estimateAll(all, requests));
      System.out.printf(Locale.ROOT, "together / sum of each alone: %.3f%n", together / sum);
      for (Target one : all.each()) {
        rate(one + " by EstimateStream", requests, () -> stream(one, requests));
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

  private static void estimateAll(Target target, List<EstimateRequest> requests) {
    try (PpeClient client =
        PpeClient.builder()
            .target(target)
            .maxInFlightPerReplica(IN_FLIGHT)
            .onNote(System.out::println)
            .build()) {
      long failures =
          client
              .estimateAll(requests.stream(), Function.identity(), progress -> {})
              .filter(Outcome.Failure.class::isInstance)
              .count();
      if (failures > 0) {
        throw new IllegalStateException(failures + " requests failed");
      }
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
