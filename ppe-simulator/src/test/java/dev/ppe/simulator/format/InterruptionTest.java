package dev.ppe.simulator.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.export.OnnxWriter;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading a model file stops at the very question that says so, and asks often enough. */
class InterruptionTest {
  /** The formats that are read. */
  enum Format {
    TFLITE {
      @Override
      ByteBuffer write(Graph graph) {
        return TfliteWriter.write(graph, Weights.ZERO);
      }
    },
    ONNX {
      @Override
      ByteBuffer write(Graph graph) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxWriter.write(graph, Weights.ZERO, out);
        return ByteBuffer.wrap(out.toByteArray());
      }
    };

    abstract ByteBuffer write(Graph graph) throws IOException;
  }

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
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long most;
    private long before = THREADS.getCurrentThreadAllocatedBytes();

    @Override
    public void check() {
      most = Math.max(most, THREADS.getCurrentThreadAllocatedBytes() - before);
      before = THREADS.getCurrentThreadAllocatedBytes();
    }
  }

  private static Graph read(ByteBuffer file, Interruption interruption) {
    return ModelReader.read("file", file, ImportOptions.DEFAULT, interruption).graph();
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2, TFLITE",
    "mobilenet_v2, ONNX",
    "efficientnet_lite0, TFLITE",
    "efficientnet_lite0, ONNX"
  })
  void readingStopsAtTheCheckThatSaysSo(String network, Format format) throws IOException {
    ByteBuffer file = format.write(Zoo.find(network).orElseThrow().graph());
    Counter all = new Counter(Long.MAX_VALUE);
    Graph graph = read(file, all);
    assertThat(all.checks).isGreaterThan(4L * graph.nodes().size());

    for (long stopAt = 1; stopAt <= all.checks; stopAt += 1 + all.checks / 48) {
      Counter counter = new Counter(stopAt);
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> read(file, counter))
          .withMessage("at check " + stopAt);
      assertThat(counter.checks).isEqualTo(stopAt);
    }
  }

  /**
   * Loops over a file that make something for each of its operators or tensors ask: between two
   * questions there are none of them, but copies of some lists and arrays.
   */
  @ParameterizedTest
  @EnumSource(Format.class)
  void nothingIsMadeForEachOperatorWithoutAsking(Format format) throws IOException {
    int operators = 2_000;
    ByteBuffer file = format.write(chain(operators));
    read(file, Interruption.NEVER); // loads classes
    Allocations allocations = new Allocations();

    read(file, allocations);

    assertThat(allocations.most).isBetween(4L * operators, 160L * operators);
  }

  private static Graph chain(int operators) {
    GraphBuilder net = GraphBuilder.named("chain", Arithmetic.FLOAT32);
    Value x = net.input("in", 1, 14, 14, 4);
    for (int i = 0; i < operators; i++) {
      x = net.pointwise("conv" + i, x, 4, Activation.RELU6);
    }
    return net.build(x);
  }
}
