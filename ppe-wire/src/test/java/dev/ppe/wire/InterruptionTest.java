package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Work stops at the very check that says so, wherever it is; and there are checks enough: several
 * for each node.
 */
class InterruptionTest {
  private final LocalEstimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  /** Counts, and stops the work at one of its questions. */
  private static final class Counter implements Interruption {
    private final long stopAt;
    private long checks;

    Counter(long stopAt) {
      this.stopAt = stopAt;
    }

    @Override
    public void check() {
      if (++checks == stopAt) {
        throw new CancellationException("at check " + checks);
      }
    }
  }

  /** Measures the most that is allocated from one question to the next, in bytes. */
  private static final class Allocations implements Interruption {
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long most;
    private long before = THREADS.getCurrentThreadAllocatedBytes();

    @Override
    public void check() {
      most = Math.max(most, THREADS.getCurrentThreadAllocatedBytes() - before);
      before = THREADS.getCurrentThreadAllocatedBytes();
    }
  }

  /**
   * Work without end is work that allocates: loops over a network that make something for each
   * operator. Between two questions there is none of them, but copies of some lists and arrays.
   */
  @Test
  void nothingIsMadeForEachOperatorWithoutAsking() {
    int operators = 3_000;
    EstimateRequest request = chain(operators);
    estimator.estimate(request, Interruption.NEVER); // loads classes and descriptions
    Allocations allocations = new Allocations();

    estimator.estimate(request, allocations);

    assertThat(allocations.most).isBetween(4L * operators, 160L * operators);
  }

  private static EstimateRequest chain(int operators) {
    GraphBuilder net = GraphBuilder.named("chain", Arithmetic.INT8);
    Value x = net.input("in", 1, 14, 14, 32);
    for (int i = 0; i < operators; i++) {
      x = net.pointwise("conv" + i, x, 32, Activation.RELU6);
    }
    Graph graph = net.build(x);
    return EstimateRequest.newBuilder().setGraph(GraphCodec.encode(graph)).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2", "mobilebert", "mobilenet_v1"})
  void theWorkStopsAtTheCheckThatSaysSo(String network) {
    Graph graph = Zoo.find(network).orElseThrow().graph();
    theWorkStops(
        EstimateRequest.newBuilder().setGraph(GraphCodec.encode(graph)).build(),
        4L * graph.nodes().size());
  }

  @Test
  void theWorkOnAModelFileStopsLikewise() {
    Graph graph = Zoo.find("mobilenet_v2").orElseThrow().graph();
    ByteString file = ByteString.copyFrom(TfliteWriter.write(graph, Weights.ZERO));
    theWorkStops(EstimateRequest.newBuilder().setTflite(file).build(), 8L * graph.nodes().size());
  }

  private void theWorkStops(EstimateRequest request, long leastChecks) {
    Counter all = new Counter(Long.MAX_VALUE);
    estimator.estimate(request, all);
    assertThat(all.checks).isGreaterThan(leastChecks);

    for (long stopAt = 1; stopAt <= all.checks; stopAt += 1 + all.checks / 16) {
      Counter counter = new Counter(stopAt);
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> estimator.estimate(request, counter))
          .withMessage("at check " + stopAt);
      assertThat(counter.checks).isEqualTo(stopAt);
    }
  }
}
