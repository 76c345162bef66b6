package dev.ppe.distribution.failures;

import static dev.ppe.distribution.failures.HostileModels.operandsOnnx;
import static dev.ppe.distribution.failures.HostileModels.operandsTflite;
import static dev.ppe.distribution.failures.HostileModels.tensorsOnnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.format.ModelFootprint;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.export.OnnxWriter;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The longest time that an estimate goes on without asking whether it is still wanted: how late a
 * worker may notice that a call was cancelled. In CPU time of the thread, in milliseconds; of
 * several runs the least, since in some the JVM compiles or collects in the meantime.
 */
final class InterruptionGaps {
  private static final int RUNS = 5;
  private static final double MILLIS = 1e-6;
  private static final EstimateRequest EMPTY = EstimateRequest.getDefaultInstance();

  private InterruptionGaps() {}

  /** How long nobody asked, and who did then. */
  private record Gap(long nanos, String before) {}

  /** Notes when it is asked. */
  private static final class Stopwatch implements Interruption {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final StackWalker STACK = StackWalker.getInstance();

    private Gap longest = new Gap(0, "");
    private long since = THREADS.getCurrentThreadCpuTime();

    @Override
    public void check() {
      long gap = THREADS.getCurrentThreadCpuTime() - since;
      if (gap > longest.nanos()) {
        String here = STACK.walk(Stopwatch::asking).map(Stopwatch::text).orElse("");
        longest = new Gap(gap, here);
      }
      since = THREADS.getCurrentThreadCpuTime();
    }

    private static Optional<StackFrame> asking(Stream<StackFrame> frames) {
      return frames
          .skip(1)
          .filter(frame -> !frame.getClassName().equals(Interruption.class.getName()))
          .findFirst();
    }

    private static String text(StackFrame frame) {
      String type = frame.getClassName();
      return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
  }

  /** A row for each network, as a graph and in files, on standard output. */
  static void measure() {
    for (String name : List.of("mobilenet_v2", "inception_v4", "inception_resnet_v2")) {
      row(name, graph(Zoo.find(name).orElseThrow().graph()));
    }
    int most = GraphLimits.DEFAULT.maxNodes();
    row("a chain of %d convolutions".formatted(most), graph(chain(most, Arithmetic.INT8)));

    Graph large = Zoo.find("inception_resnet_v2").orElseThrow().graph();
    row("inception_resnet_v2 in TensorFlow Lite", tflite(large));
    row("inception_resnet_v2 in ONNX", onnx(large));
    row(
        "a chain of %d convolutions in TensorFlow Lite".formatted(most),
        tflite(chain(most, Arithmetic.INT8)));
    int fewer = 12_000; // of four bytes a weight and an activation behind each
    row(
        "a chain of %d convolutions in ONNX".formatted(fewer),
        onnx(chain(fewer, Arithmetic.FLOAT32)));
    row("an ONNX file of 750000 operands", EMPTY.toBuilder().setOnnx(operandsOnnx()).build());
    row("an ONNX file of 40000 listed tensors", EMPTY.toBuilder().setOnnx(tensorsOnnx()).build());
    row(
        "a TensorFlow Lite file of 750000 operands",
        EMPTY.toBuilder().setTflite(operandsTflite()).build());
  }

  private static EstimateRequest graph(Graph graph) {
    return EMPTY.toBuilder().setGraph(GraphCodec.encode(graph)).build();
  }

  private static EstimateRequest tflite(Graph graph) {
    ByteString file = ByteString.copyFrom(TfliteWriter.write(graph, Weights.ZERO));
    return EMPTY.toBuilder().setTflite(file).build();
  }

  private static EstimateRequest onnx(Graph graph) {
    ByteString.Output out = ByteString.newOutput();
    try {
      OnnxWriter.write(graph, Weights.ZERO, out);
    } catch (IOException e) { // into memory
      throw new UncheckedIOException(e);
    }
    return EMPTY.toBuilder().setOnnx(out.toByteString()).build();
  }

  private static void row(String name, EstimateRequest sent) {
    EstimateRequest request = received(sent);
    Gap least = new Gap(Long.MAX_VALUE, "");
    for (int run = 0; run < RUNS; run++) {
      Stopwatch stopwatch = new Stopwatch();
      answer(request, stopwatch);
      stopwatch.check(); // the answer itself
      least = stopwatch.longest.nanos() < least.nanos() ? stopwatch.longest : least;
    }
    System.out.printf(
        Locale.ROOT,
        "| longest time without asking whether %s is still wanted | %.2f ms of CPU (before %s) |%n",
        name,
        least.nanos() * MILLIS,
        least.before());
  }

  /** As a server has it: model files in one piece. */
  private static EstimateRequest received(EstimateRequest sent) {
    try {
      return EstimateRequest.parseFrom(sent.toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Weighed first, as a server does. Hostile files may be refused in the end. */
  private static void answer(EstimateRequest request, Interruption interruption) {
    ByteString file = request.hasOnnx() ? request.getOnnx() : request.getTflite();
    try {
      var unusedWeight =
          ModelFootprint.of(
              file.asReadOnlyByteBuffer(), GraphLimits.DEFAULT, Long.MAX_VALUE, interruption);
      var unused = new LocalEstimator(ServiceLimits.DEFAULT).estimate(request, interruption);
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
    }
  }

  private static Graph chain(int length, Arithmetic arithmetic) {
    GraphBuilder net = GraphBuilder.named("chain", arithmetic);
    Value x = net.input("in", 1, 14, 14, 32);
    for (int i = 0; i < length; i++) {
      x = net.pointwise("conv" + i, x, 32, Activation.RELU6);
    }
    return net.build(x);
  }
}
