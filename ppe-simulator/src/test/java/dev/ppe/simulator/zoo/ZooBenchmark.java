package dev.ppe.simulator.zoo;

import dev.ppe.simulator.graph.Graph;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Building a network, verified. The target is under 20 ms for each; here are those of the most
 * operators of each task, and a cell. Others by {@code -p network=NAME,NAME}.
 *
 * <pre>
 * ./build -pl ppe-simulator test-compile exec:exec -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 ZooBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ZooBenchmark {
  @Param({
    "mobilenet_v2",
    "efficientnet_b3",
    "densenet121",
    "inception_resnet_v2",
    "ssdlite_mobiledet_cpu",
    "autoseg_edgetpu_s_fused_argmax",
    "mobilebert",
    "nasbench201/1462"
  })
  public String network = "";

  private ZooModel model;

  @Setup
  public void find() {
    model = Zoo.find(network).orElseThrow();
  }

  @Benchmark
  public Graph build() {
    return model.graph();
  }
}
