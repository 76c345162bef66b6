package dev.ppe.nas.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.block.BlockAnalyzer.Analysis;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.v1.Fidelity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** A small sweep on the part of the paper's figure 10. */
class BlockAnalyzerTest {
  private static final BlockSweep SWEEP =
      new BlockSweep(
          List.of(56, 7),
          List.of(32, 192),
          List.of(4, 8),
          List.of(3),
          List.of(BlockForm.values()),
          List.of(32, 64));

  private static List<Block> blocks = List.of();
  private static Analysis analysis = new Analysis(List.of(), List.of());

  @BeforeAll
  static void analyze() throws InterruptedException {
    blocks = SWEEP.blocks();
    try (PpeClient client = PpeClient.inProcess(Duration.ofSeconds(60))) {
      analysis =
          new BlockAnalyzer(
                  client::estimate, client.getAccelerator("tensor-g1"), Fidelity.FIDELITY_CYCLE)
              .analyze(blocks, 2);
    }
  }

  private static BlockCost cost(int size, int channels, int expansion, BlockForm form) {
    return analysis.costs().stream()
        .filter(cost -> cost.block().equals(new Block(size, channels, expansion, 3, form, 0)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyBlockHasACostInTheOrderOfTheSweep() {
    assertThat(analysis.failures()).isEmpty();
    assertThat(analysis.costs().stream().map(BlockCost::block)).isEqualTo(blocks);
    assertThat(blocks.stream().map(Block::form)).contains(BlockForm.values());
  }

  @Test
  void parametersAreThoseOfTheFormulas() {
    for (BlockCost cost : analysis.costs()) {
      Block block = cost.block();
      double c = block.channels();
      double m = block.expanded();
      double weights =
          switch (block.form()) {
            case DEPTHWISE -> 2 * c * m + 9 * m;
            case FUSED -> 9 * c * m + m * c;
            case GC -> 9 / (double) block.groups() * c * m + m * c;
            case GROUPED -> 2 * c * m + 9 * m * m / block.groups();
          };
      boolean threeLayers =
          block.form() == BlockForm.DEPTHWISE || block.form() == BlockForm.GROUPED;
      double biases = threeLayers ? 2 * m + c : m + c;
      assertThat(cost.parameters()).describedAs(block.label()).isEqualTo(weights + biases);
      assertThat(cost.macs()).isEqualTo((long) (weights * block.size() * block.size()));
    }
  }

  @Test
  void useIsMultipliesOverThoseThatThePartCouldHaveDone() {
    double peakPerMicro = 4096 * 1066.0; // 16 PEs of 64 lanes of 4, at 1,066 MHz
    for (BlockCost cost : analysis.costs()) {
      double use = cost.macs() / (peakPerMicro * cost.latencyUs());
      assertThat(cost.utilization()).isCloseTo(use, within(1e-6));
    }
  }

  @Test
  void fusedBlocksPayEarlyAndNotLate() {
    assertThat(cost(56, 32, 4, BlockForm.FUSED).latencyUs())
        .isLessThan(cost(56, 32, 4, BlockForm.DEPTHWISE).latencyUs());
    assertThat(cost(7, 192, 8, BlockForm.FUSED).latencyUs())
        .isGreaterThan(cost(7, 192, 8, BlockForm.DEPTHWISE).latencyUs());
  }

  @Test
  void whatIsLeftOutIsBeatenByMoreThanTheSlack() {
    for (int size : new int[] {56, 7}) {
      StageChoices stage = StageChoices.of("s", size, analysis.costs(), 0.1);
      List<BlockCost> here =
          analysis.costs().stream().filter(cost -> cost.block().size() == size).toList();
      assertThat(stage.seen()).isEqualTo(here.size());
      assertThat(stage.kept()).isNotEmpty().isSubsetOf(here);
      for (BlockCost cost : here) {
        boolean beaten =
            here.stream()
                .anyMatch(
                    other ->
                        other.block().channels() == cost.block().channels()
                            && other.parameters() >= cost.parameters()
                            && other.latencyUs() * 1.1 < cost.latencyUs());
        assertThat(stage.kept().contains(cost)).isEqualTo(!beaten);
      }
    }
  }

  @Test
  void noSlackKeepsFewer() {
    assertThat(StageChoices.of("s", 56, analysis.costs(), 0).kept())
        .hasSizeLessThan(StageChoices.of("s", 56, analysis.costs(), 10).kept().size());
  }

  @Test
  void aStageIsSweptOverWhatTheSpaceLetsItChooseFrom() {
    ModelSpace space = Spaces.find("mobilenet-edgetpu-v2").orElseThrow();
    BlockSweep sweep = StageSweep.of(space, "g1", 56).sweep();
    assertThat(sweep)
        .isEqualTo(
            new BlockSweep(
                List.of(56),
                List.of(32, 48, 64),
                List.of(4, 8),
                List.of(3, 5),
                List.of(BlockForm.values()),
                List.of(32, 64, 128)));
    assertThatThrownBy(() -> StageSweep.of(space, "g9", 7))
        .hasMessageStartingWith(
            "space mobilenet-edgetpu-v2 has no stage g9 of inverted bottlenecks");
  }

  @Test
  void aStageLooksAtItsOwnBlocksAlone() {
    StageSweep stage =
        new StageSweep(
            "s",
            new BlockSweep(
                List.of(56),
                List.of(32),
                List.of(4),
                List.of(3),
                List.of(BlockForm.DEPTHWISE, BlockForm.FUSED),
                List.of()));
    assertThat(stage.choices(analysis.costs(), 0.1).seen()).isEqualTo(2);
  }

  @Test
  void choiceListsAreYaml() {
    List<StageChoices> stages =
        List.of(
            StageChoices.of("g1", 56, analysis.costs(), 0.1),
            StageChoices.of("g5", 7, analysis.costs(), 0.1));
    Map<String, Map<String, Map<String, List<Object>>>> file =
        new Yaml().load(ChoicesYaml.of("tensor-g1", 0.1, stages));
    assertThat(file.get("stages")).containsOnlyKeys("g1", "g5");
    assertThat(file.get("stages").get("g5").get("kind"))
        .containsExactlyElementsOf(stages.getLast().kinds());
  }

  @Test
  void tablesAndChartsHoldEveryBlock() throws Exception {
    assertThat(BlockCsv.of(analysis.costs()).lines()).hasSize(blocks.size() + 1);
    String svg = BlockChart.svg("a <chart>", analysis.costs());
    byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(bytes));
    int legend = BlockForm.values().length;
    assertThat(document.getElementsByTagName("circle").getLength())
        .isEqualTo(blocks.size() + legend);
  }

  @Test
  void sweepsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> sweep(List.of(0), List.of(3)))
        .hasMessage("size is 0, must be 1 to 1024");
    assertThatThrownBy(() -> sweep(List.of(7), List.of(4)))
        .hasMessage("kernel 4 is even, must be odd");
    List<Integer> many = Stream.iterate(1, i -> i + 1).limit(1_000).toList();
    assertThatThrownBy(
            () ->
                new BlockSweep(
                    many, many, List.of(1), List.of(3), List.of(BlockForm.FUSED), List.of()))
        .hasMessageContaining("must have 100000 at most");
  }

  private static BlockSweep sweep(List<Integer> sizes, List<Integer> kernels) {
    return new BlockSweep(
        sizes, List.of(16), List.of(4), kernels, List.of(BlockForm.FUSED), List.of());
  }
}
