package dev.ppe.simulator.simulate;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.RandomGraphs;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.hardware.RandomAccelerators;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.OnCores;
import dev.ppe.simulator.zoo.Zoo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs as the compiler writes them, on the engine and on the machine that ticks every cycle and
 * moves every burst.
 */
class WholeProgramsTest {
  private static final Path MODELS = Path.of("..", "..", "shared", "models");
  private static final int GRAPHS_PER_SEED = 650;

  static IntStream seeds() {
    return IntStream.range(0, 16);
  }

  /** 10,400 in all, of operators of every kind, each for an accelerator of its own. */
  @ParameterizedTest
  @MethodSource("seeds")
  void randomOperatorsRunToTheCycleAsOnTheTickingMachine(int seed) {
    Random random = new Random(seed);
    Set<Class<?>> kinds = new HashSet<>();
    Set<Class<?>> jobs = new HashSet<>();
    for (int i = 0; i < GRAPHS_PER_SEED; i++) {
      Graph graph = RandomGraphs.of(random);
      graph.nodes().forEach(node -> kinds.add(node.operator().getClass()));
      Program program = program(graph, RandomAccelerators.of(random));
      for (Instruction instruction : program.instructions()) {
        if (instruction.work() instanceof Work.Task task) {
          jobs.add(task.job().getClass());
        }
      }
      Agreement.verifyCompiled(program);
    }
    assertThat(kinds).contains(Operator.class.getPermittedSubclasses());
    jobs.add(Job.Given.class); // none is
    assertThat(jobs).isEqualTo(kindsOf(Job.class).collect(toSet()));
  }

  private static Stream<Class<?>> kindsOf(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(WholeProgramsTest::kindsOf)
        : Stream.of(family);
  }

  /** Cores for rows, slow lines, one accumulator, and ports for sums: every way has its layers. */
  @Test
  void tilesThatLieOnTheCoresInAnyWayRunToTheCycleAsOnTheTickingMachine() {
    Accelerator accelerator =
        AcceleratorBuilder.small()
            .core(new Core.Simd(2, 8, 2, 1, false, 4, 1))
            .peMemory(new PeMemory(2 << 10, 64, 64, Overflow.OFF_CHIP))
            .parameterWidths(2, 2)
            .build();
    Random random = new Random(20261204);
    Set<OnCores> ways = new HashSet<>();
    for (int i = 0; i < GRAPHS_PER_SEED; i++) {
      Program program = program(RandomGraphs.of(random), accelerator);
      for (Instruction instruction : program.instructions()) {
        if (instruction.work() instanceof Work.Task task
            && task.job() instanceof Job.Multiply multiply) {
          ways.add(multiply.tile().onCores());
        }
      }
      Agreement.verifyCompiled(program);
    }
    for (LoopOrder order : LoopOrder.values()) {
      assertThat(ways).contains(new OnCores(1, order), new OnCores(2, order));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v1_0.25_128, tensor-g1",
    "mobilenet_v1_0.25_128, edgetpu-v1",
    "mobilenet_v1_0.25_128, edgetpu-v3",
    "mobilenet_v1_0.25_128, coral-usb",
    "mobilenet_v2, tensor-g1",
    "mobilenet_v2, coral-usb",
    "mobilenet_edgetpu_v2_s, edgetpu-v2",
  })
  void publishedNetworksRunToTheCycleAsOnTheTickingMachine(String name, String preset) {
    Graph graph = Zoo.find(name).orElseThrow().graph();

    Agreement.verifyCompiled(program(graph, AcceleratorBuilder.like(preset).build()));
  }

  /** With little memory, so that they stream and spill. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello_world_int8",
        "micro_speech_quantized",
        "trained_lstm_int8",
        "transpose_conv1",
        "kws_ref_model",
        "pretrainedResnet_quant",
        "model_ToyCar_quant_fullint_micro_intio",
        "mobilenet_v1_0.25_128_quant",
        "vww_96_int8",
      })
  void modelFilesRunToTheCycleAsOnTheTickingMachine(String file) throws IOException {
    Path path = MODELS.resolve(file + ".tflite");
    Assumptions.assumeTrue(Files.exists(path), () -> "no file " + path);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    Graph graph = ModelReader.read(file, bytes, ImportOptions.DEFAULT).graph();
    AcceleratorBuilder small =
        AcceleratorBuilder.like("tensor-g1").peMemoryBytes(4 << 10).invocation(1000, 100);

    Agreement.verifyCompiled(program(graph, small.build()));
    Agreement.verifyCompiled(
        program(graph, small.hiding(false, true).clockHz(123_456_789).build()));
  }

  private static Program program(Graph graph, Accelerator accelerator) {
    return Scheduler.program(
        Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER),
        Interruption.NEVER);
  }
}
