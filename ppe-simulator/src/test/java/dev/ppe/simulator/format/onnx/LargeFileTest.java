package dev.ppe.simulator.format.onnx;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  /** The file itself takes half of the heap. */
  @Test
  void aHeapOf200MegabytesIsEnough(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("large.onnx");
    try (FileChannel out = FileChannel.open(file, CREATE, WRITE)) {
      ByteBuffer bytes = file(9);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    assertThat(Files.size(file)).isGreaterThan(100_000_000L);

    Process small =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(small.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(small.waitFor()).as(output).isZero();
    assertThat(output.strip()).matches("(19\\d|200) 25000000");
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
