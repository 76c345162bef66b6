package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.hardware.RandomAccelerators;
import dev.ppe.simulator.job.VectorWork;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered changes no answer, stays within its bounds, and is shared where it may be. */
class TilingMemoTest {
  /** A network and what runs it. */
  private record Task(Graph graph, Accelerator accelerator) {
    Evaluation with(TilingMemo memo) {
      return PerformanceEvaluator.evaluate(
          CanonicalGraph.of(graph),
          accelerator,
          Fidelity.ANALYTICAL, // tilings are made before fidelities part
          Precision.STORED,
          memo,
          Interruption.NEVER);
    }
  }

  private static Accelerator preset(int index) {
    return Presets.get(Presets.names().get(Math.floorMod(index, Presets.names().size())));
  }

  private static List<Task> zoo() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < Zoo.models().size(); i++) {
      Graph graph = Zoo.models().get(i).graph();
      tasks.add(new Task(graph, preset(i)));
      tasks.add(new Task(graph, preset(i + 1)));
    }
    return tasks;
  }

  private static List<Task> drawn(int seed) {
    Random random = new Random(seed);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Graph graph = RandomGraphs.of(random);
      tasks.add(new Task(graph, RandomAccelerators.of(random)));
      tasks.add(new Task(graph, preset(i)));
    }
    return tasks;
  }

  @Test
  void noAnswerOfTheZooDependsOnIt() {
    BoundedTilingMemo roomy = new BoundedTilingMemo(1 << 16);
    BoundedTilingMemo narrow = new BoundedTilingMemo(50);
    for (Task task : zoo()) {
      Evaluation alone = task.with(TilingMemo.NONE);
      assertThat(task.with(roomy)).isEqualTo(alone);
      assertThat(task.with(roomy)).isEqualTo(alone);
      assertThat(task.with(narrow)).isEqualTo(alone);
      assertThat(task.with(TilingMemo.PER_EVALUATION)).isEqualTo(alone);
      assertThat(narrow.entries()).isLessThanOrEqualTo(50);
    }
    assertThat(roomy.hits()).isGreaterThan(roomy.misses());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void noAnswerOfRandomNetworksOnRandomAcceleratorsDependsOnIt(int seed) {
    BoundedTilingMemo memo = new BoundedTilingMemo(100);
    for (Task task : drawn(seed)) {
      Evaluation alone = task.with(TilingMemo.NONE);
      assertThat(task.with(memo)).isEqualTo(alone);
      assertThat(task.with(memo)).isEqualTo(alone);
      assertThat(memo.entries()).isLessThanOrEqualTo(100);
    }
  }

  @Test
  void manyThreadsShareOneThatForgetsAllTheTime() throws Exception {
    List<Task> tasks = drawn(4);
    List<Evaluation> alone = tasks.stream().map(task -> task.with(TilingMemo.NONE)).toList();
    BoundedTilingMemo memo = new BoundedTilingMemo(40);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int from = thread * 37;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < tasks.size(); i++) {
                    int index = (from + i) % tasks.size();
                    assertThat(tasks.get(index).with(memo)).isEqualTo(alone.get(index));
                  }
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
    assertThat(memo.entries()).isLessThanOrEqualTo(40);
    assertThat(memo.hits()).isPositive();
  }

  @Test
  void whatIsNotOfThePesIsNoReasonToSearchAgain() {
    Graph graph = Zoo.find("mobilenet_v2").orElseThrow().graph();
    BoundedTilingMemo memo = new BoundedTilingMemo(1 << 10);
    Accelerator original = AcceleratorBuilder.like("coral-usb").split(Grid.Split.ANY).build();
    new Task(graph, original).with(memo);
    long misses = memo.misses();
    assertThat(misses).isPositive();

    new Task(graph, AcceleratorBuilder.like(original).name("faster").clockHz(2_000_000_000).build())
        .with(memo);
    new Task(graph, original.reserving(1 << 20)).with(memo);
    assertThat(memo.misses()).isEqualTo(misses);

    new Task(graph, AcceleratorBuilder.small().build()).with(memo);
    assertThat(memo.misses()).isGreaterThan(misses);
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "coral-compiler"})
  void whereThereIsOneWayToCutItIsNotAsked(String preset) {
    BoundedTilingMemo memo = new BoundedTilingMemo(1 << 10);
    Task task = new Task(OperatorZoo.everyOperator(), Presets.get(preset));

    assertThat(task.with(memo)).isEqualTo(task.with(TilingMemo.NONE));
    assertThat(memo.hits() + memo.misses()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1", "systolic-128x128-ws"})
  void thereIsAChoiceWhereSomeLayerHasMoreThanOneCandidate(String preset) {
    Graph graph = CanonicalGraph.of(OperatorZoo.everyOperator()).graph();
    Accelerator accelerator = Presets.get(preset);
    Compilation fused =
        Compiler.compile(CanonicalGraph.of(graph), accelerator, Phase.FUSE, Interruption.NEVER);
    Candidates candidates = new Candidates(fused.graph(), accelerator);

    assertThat(new TilingSearch(TilingHardware.of(accelerator)).hasChoice())
        .isEqualTo(
            fused.layers().stream()
                .filter(Layer::onAccelerator)
                .anyMatch(layer -> candidates.of(layer).size() > 1));
  }

  @Test
  void whatWasOfUseLatelyStays() {
    TilingHardware hardware = TilingHardware.of(Presets.get("coral-usb"));
    BoundedTilingMemo memo = new BoundedTilingMemo(8);
    TilingMemo.Tilings tilings = memo.on(hardware);
    tilings.best(problem(0), p -> Tiling.VIEW);
    for (int i = 1; i < 100; i++) {
      tilings.best(problem(i), p -> Tiling.VIEW);
      tilings.best(problem(0), p -> Tiling.VIEW);
    }

    assertThat(memo.misses()).isEqualTo(100);
    assertThat(memo.hits()).isEqualTo(99);
    assertThat(memo.entries()).isLessThanOrEqualTo(8);
  }

  private static TilingProblem problem(long rows) {
    return new TilingProblem(
        Optional.empty(),
        VectorWork.NONE,
        new Geometry(rows, 1, 1, 1, 1, 1, Reach.SHARE),
        1,
        0,
        0,
        0,
        false);
  }

  @Test
  void itHasRoomForSomething() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BoundedTilingMemo(1))
        .withMessage("entries is 1, must be 2 or more");
  }
}
