package dev.ppe.simulator.zoo.nasbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NasBench201Test {
  private static final Cell ALL_3X3 = uniform(Operation.NOR_CONV_3X3);
  private static final Cell ALL_SKIP = uniform(Operation.SKIP_CONNECT);
  private static final Cell ALL_NONE = uniform(Operation.NONE);

  /**
   * The benchmark counts scale and offset of each normalisation, which is folded into one bias
   * here: equal. Its MACs have other layers than convolutions, too: within one percent.
   */
  @ParameterizedTest
  @CsvSource({"0, 129306, 15647370", "1, 802426, 113950000"})
  void totalsAreTheBenchmarks(int index, long parameters, long macs) {
    assertTotals(Cell.of(index), parameters, macs);
  }

  @Test
  void totalsOfTheLargestCellAreTheBenchmarks() {
    assertTotals(ALL_3X3, 1_531_546, 220_119_690);
  }

  @Test
  void totalsOfACellOfSkipsAreThoseOfStemReductionsAndHead() {
    assertTotals(ALL_SKIP, 73_306, 7_783_000);
  }

  private static void assertTotals(Cell cell, long parameters, long macs) {
    Graph graph = graph(cell, DataSet.CIFAR10);
    assertThat(Workload.parameters(graph) + foldedChannels(graph)).isEqualTo(parameters);
    assertThat(Workload.macs(graph)).isCloseTo(macs, withinPercentage(1));
  }

  private static long foldedChannels(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.operator() instanceof Operator.Conv2d && node.hasInput(2))
        .mapToLong(node -> graph.input(node, 2).shape().elements())
        .sum();
  }

  /** A node that nothing reads, or that no path reaches, costs nothing once deployed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|",
        "|none~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_1x1~1|avg_pool_3x3~2|",
      })
  void edgesOnNoPathThroughTheCellAreLeftOut(String text) {
    Graph graph = graph(Cell.parse(text).orElseThrow(), DataSet.CIFAR10);
    // A single skip is no layer at all.
    assertThat(graph.nodes()).noneMatch(node -> node.name().startsWith("s0c0"));
  }

  @Test
  void cellWithoutAnyPathIsStillANetwork() {
    Graph graph = graph(ALL_NONE, DataSet.CIFAR10);
    assertThat(graph.nodes()).filteredOn(node -> node.name().endsWith("/none")).hasSize(15);
  }

  @Test
  void convolutionsOfOneNodeShareItsActivation() {
    assertThat(graph(ALL_3X3, DataSet.CIFAR10).nodes())
        .filteredOn(node -> node.name().matches("s0c0/.*-relu"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"CIFAR10, 32, 10", "CIFAR100, 32, 100", "IMAGENET16_120, 16, 120"})
  void dataSetsDifferInImagesAndClasses(DataSet set, int resolution, int classes) {
    Graph graph = graph(Cell.of(1462), set);
    assertThat(graph.tensor(graph.inputs().getFirst()).shape())
        .isEqualTo(Shape.of(1, resolution, resolution, 3));
    assertThat(graph.tensor(graph.outputs().getFirst()).shape()).isEqualTo(Shape.of(1, classes));
  }

  @ParameterizedTest
  @CsvSource({
    "nasbench201/1462, nasbench201/1462",
    "nasbench201/1462/cifar10, nasbench201/1462",
    "nasbench201/1462/ImageNet16-120, nasbench201/1462/imagenet16-120",
    "nasbench201:|none~0|+|none~0|none~1|+|none~0|none~1|none~2|/cifar100,"
        + " nasbench201/1651/cifar100",
  })
  void networkIsFoundByIndexAndByString(String name, String canonical) {
    assertThat(NasBench201.find(name)).map(ZooModel::name).contains(canonical);
  }

  @Test
  void nameAndAliasFindTheSameNetwork() {
    ZooModel model = new NasBench201(Cell.of(123), DataSet.CIFAR100).model();
    assertThat(NasBench201.find(model.name()).orElseThrow().graph()).isEqualTo(model.graph());
    assertThat(NasBench201.find(model.aliases().getFirst()).orElseThrow().graph())
        .isEqualTo(model.graph());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nasbench201",
        "nasbench201/",
        "nasbench201/-1",
        "nasbench201/15625",
        "nasbench201/99999999999",
        "nasbench201/1/mnist",
        "nasbench201/1/",
        "nasbench201:|none~0|",
        "nasbench101/1",
      })
  void anyOtherNameFindsNothing(String name) {
    assertThat(NasBench201.find(name)).isEmpty();
  }

  /** Stem, reductions and head alone, or more; never more than with all edges at their dearest. */
  @Test
  void allCellsAreNetworks() {
    long least = Workload.macs(graph(ALL_SKIP, DataSet.IMAGENET16_120));
    long most = Workload.macs(graph(ALL_3X3, DataSet.IMAGENET16_120));
    assertThat(IntStream.range(0, Cell.COUNT).mapToObj(Cell::of))
        .allSatisfy(
            cell ->
                assertThat(Workload.macs(graph(cell, DataSet.IMAGENET16_120)))
                    .isBetween(least, most));
  }

  static Stream<Arguments> sample() {
    Stream<Cell> cells =
        Stream.concat(
            Stream.of(ALL_3X3, ALL_SKIP, ALL_NONE, uniform(Operation.AVG_POOL_3X3)),
            IntStream.iterate(0, index -> index < Cell.COUNT, index -> index + 521)
                .mapToObj(Cell::of));
    return cells.flatMap(
        cell ->
            Stream.of(DataSet.values())
                .map(set -> Arguments.of(new NasBench201(cell, set).model())));
  }

  @ParameterizedTest
  @MethodSource("sample")
  void cellIsEvaluatedOnTheAccelerators(ZooModel model) {
    for (String accelerator : new String[] {"tensor-g1", "coral-usb"}) {
      var evaluation =
          PerformanceEvaluator.evaluate(
              model.graph(), Presets.get(accelerator), Fidelity.CYCLE, Interruption.NEVER);
      assertThat(evaluation.latencyUs()).isPositive();
      assertThat(evaluation.hostOperators()).isZero();
    }
  }

  private static Graph graph(Cell cell, DataSet set) {
    return new NasBench201(cell, set).model().graph();
  }

  private static Cell uniform(Operation operation) {
    return new Cell(Collections.nCopies(6, operation));
  }
}
