package dev.ppe.simulator.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights are passed over: a file of 100 MB costs little memory, however they are stored. */
class LargeFileTest {
  private static final int UNITS = 5_000;

  /** Raw, or listed as packed floats. */
  @ParameterizedTest
  @ValueSource(ints = {9, 4})
  void weightsAreNotRead(int field) {
    ByteBuffer file = file(field);
    ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    long before = meter.getThreadAllocatedBytes(thread);

    Graph graph = OnnxReader.read("large", file, ImportOptions.DEFAULT).graph();

    assertThat(meter.getThreadAllocatedBytes(thread) - before).isLessThan(20L << 20);
    assertThat(Workload.parameters(graph)).isEqualTo((long) UNITS * UNITS);
  }

  private static ByteBuffer file(int field) {
    byte[] weights = new byte[4 * UNITS * UNITS];
    byte[] file =
        OnnxFile.opset(13)
            .input("x", 1, UNITS)
            .initializer(
                OnnxFile.tensor(
                    "w", OnnxFile.FLOAT, out -> out.writeByteArray(field, weights), UNITS, UNITS))
            .node("MatMul", "x w", "y")
            .output("y")
            .bytes();
    return ByteBuffer.wrap(file).asReadOnlyBuffer();
  }
}
