package dev.ppe.server;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Graph;
import dev.ppe.v1.Node;
import dev.ppe.v1.StridedSlice;
import dev.ppe.v1.Tensor;
import dev.ppe.wire.GraphCodec;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
 * What is done with a request's bytes before a worker can be interrupted at them: a call's thread
 * weighs them, a worker parses them. Of the largest messages that are taken, in the heap that
 * servers have by default, and of others that are not.
 *
 * <pre>
 * ./build -pl ppe-server -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd ppe-server
 * java -Xmx512m -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.openjdk.jmh.Main -f 1 -wi 3 -i 5 WeighingBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WeighingBenchmark {
  private static final int MESSAGE = 65 << 20;
  private static final int NODES = GraphLimits.DEFAULT.maxNodes();
  private static final int TENSORS = GraphLimits.DEFAULT.maxTensors();

  private final WeighedRequests<EstimateRequest> requests =
      WeighedRequests.ofCalls(
          new RequestLimits(GraphLimits.DEFAULT, Runtime.getRuntime().maxMemory() / 4));

  @Param({"mobilenet_v2", "chain", "slices", "names", "weights", "unknown", "empty nodes"})
  public String message = "";

  private byte[] bytes = {};
  private boolean taken;

  @Setup
  public void write() {
    bytes = write(message);
    try {
      System.out.printf(
          "%n%d bytes, weight %d%n",
          bytes.length, requests.weigh(bytes, Interruption.NEVER).bytes());
      taken = true;
    } catch (StatusRuntimeException refused) {
      System.out.printf("%n%d bytes, %s%n", bytes.length, refused.getMessage());
    }
  }

  static byte[] write(String message) {
    EstimateRequest.Builder request = EstimateRequest.newBuilder();
    switch (message) {
      case "chain" -> request.setGraph(GraphCodec.encode(Requests.chain(NODES)));
      case "slices" -> request.setGraph(slices());
      case "names" -> request.setModelName("n".repeat(MESSAGE - 8));
      case "weights" -> request.setTflite(ByteString.copyFrom(new byte[MESSAGE - 8]));
      case "unknown" -> {
        byte[] fields = new byte[2 * 32 * (NODES + TENSORS)];
        Arrays.fill(fields, (byte) 0x48); // field 9, which there is not
        return fields;
      }
      case "empty nodes" ->
          request.setGraph(
              Graph.newBuilder()
                  .addAllNodes(Collections.nCopies(MESSAGE / 2 - 8, Node.getDefaultInstance())));
      default -> request.setGraph(GraphCodec.encode(Zoo.find(message).orElseThrow().graph()));
    }
    return request.build().toByteArray();
  }

  /** As many nodes as there may be of the operator with most numbers, and many tensors. */
  private static Graph slices() {
    List<Integer> axes = Collections.nCopies(8, 1);
    Node node =
        Node.newBuilder()
            .addAllInputs(List.of(0, 1, 2))
            .addOutputs(3)
            .setStridedSlice(
                StridedSlice.newBuilder().addAllBegin(axes).addAllEnd(axes).addAllStrides(axes))
            .build();
    Tensor tensor = Tensor.newBuilder().addAllShape(axes).build();
    return Graph.newBuilder()
        .addAllNodes(Collections.nCopies(NODES, node))
        .addAllTensors(Collections.nCopies(TENSORS / 2, tensor))
        .build();
  }

  /** On a call's thread. */
  @Benchmark
  public long weigh() {
    try {
      return requests.weigh(bytes, Interruption.NEVER).bytes();
    } catch (StatusRuntimeException refused) {
      return 0;
    }
  }

  /** On a worker's, if it is taken. */
  @Benchmark
  public EstimateRequest parse() {
    return taken ? requests.parse(bytes) : EstimateRequest.getDefaultInstance();
  }
}
