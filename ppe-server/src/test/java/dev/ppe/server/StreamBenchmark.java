package dev.ppe.server;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A thousand distinct candidates of MobileNet's class, through one stream and in this process by as
 * many threads as the server has workers. Client and server share the machine. The target is 0.8 of
 * the throughput in the process.
 *
 * <pre>
 * ./build -pl ppe-server -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd ppe-server
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.openjdk.jmh.Main \
 *     -f 1 -wi 40 -i 10 StreamBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StreamBenchmark {
  private static final int CANDIDATES = 1000;

  @Param({"mobilenet_v2"})
  public String network = "";

  private List<EstimateRequest> candidates;
  private LocalEstimator estimator;
  private Loopback loopback;

  /** Candidates differ in the number of classes. */
  @Setup
  public void write() {
    ZooModel model = Zoo.find(network).orElseThrow();
    candidates =
        IntStream.range(0, CANDIDATES)
            .mapToObj(i -> Requests.of(model.graph(model.defaults().withClasses(500 + i))))
            .toList();
  }

  /** A server, and an estimator in this process, that have seen none of them. */
  @Setup(Level.Invocation)
  public void start() throws IOException {
    int workers = Runtime.getRuntime().availableProcessors();
    loopback = Loopback.start(Map.of("workers", workers, "queueCapacity", 256));
    loopback.blocking().estimate(Requests.small());
    estimator = new LocalEstimator(ServiceLimits.DEFAULT);
  }

  @TearDown(Level.Invocation)
  public void stop() {
    loopback.close();
  }

  @Benchmark
  public long stream() throws InterruptedException {
    Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
    StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(answers);
    for (EstimateRequest candidate : candidates) {
      requests.onNext(Requests.withId("", candidate));
    }
    requests.onCompleted();
    long cycles = 0;
    for (EstimateStreamResponse answer : answers.next(CANDIDATES)) {
      cycles += answer.getResponse().getCycles();
    }
    if (!answers.end().isOk()) {
      throw new IllegalStateException("the stream failed");
    }
    return cycles;
  }

  @Benchmark
  public long inProcess() {
    return candidates.parallelStream()
        .map(candidate -> estimator.estimate(candidate, Interruption.NEVER))
        .mapToLong(EstimateResponse::getCycles)
        .sum();
  }
}
