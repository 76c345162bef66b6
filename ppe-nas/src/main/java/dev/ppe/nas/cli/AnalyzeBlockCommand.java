package dev.ppe.nas.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.cli.AcceleratorArgument;
import dev.ppe.client.cli.ConnectionOptions;
import dev.ppe.client.cli.Failures;
import dev.ppe.client.cli.FidelityOption;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.client.cli.WholeFile;
import dev.ppe.nas.block.Block;
import dev.ppe.nas.block.BlockAnalyzer;
import dev.ppe.nas.block.BlockAnalyzer.Analysis;
import dev.ppe.nas.block.BlockChart;
import dev.ppe.nas.block.BlockCsv;
import dev.ppe.nas.block.BlockForm;
import dev.ppe.nas.block.BlockSweep;
import dev.ppe.nas.block.ChoicesYaml;
import dev.ppe.nas.block.StageChoices;
import dev.ppe.nas.block.StageSweep;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppe nas analyze-block}: what blocks cost, and which are worth searching over. */
@Command(
    name = "analyze-block",
    description = {
      "What inverted bottlenecks of each form cost over maps, channels, expansions, kernels and",
      "groups, inside networks of nothing else, and which are worth searching over at a stage."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas analyze-block -a tensor-g1",
      "  ppe nas analyze-block -a tensor-g1 --csv blocks.csv --chart blocks.svg",
      "  ppe nas analyze-block -a tensor-g1 --choices choices.yaml"
    })
final class AnalyzeBlockCommand implements Callable<Integer> {
  /** Maps of the classification space's stages, at 224 x 224. */
  private static final Map<String, Integer> STAGES =
      new TreeMap<>(Map.of("g1", 56, "g2", 28, "g3", 14, "g4", 14, "g5", 7, "g6", 7));

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = {"-a", "--accelerator"},
      paramLabel = "NAME|FILE.yaml",
      description = "What runs the networks. Default: coral-usb.")
  private Optional<String> accelerator = Optional.empty();

  @Option(
      names = "--fidelity",
      paramLabel = "LEVEL",
      description = "${COMPLETION-CANDIDATES}. Default: cycle.")
  private FidelityOption fidelity = FidelityOption.CYCLE;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      description = "Heights and widths of maps. Default: 56,28,14,7.")
  private List<Integer> sizes = BlockSweep.DEFAULT.sizes();

  @Option(
      names = "--channels",
      split = ",",
      paramLabel = "N",
      description = "Outside of blocks. Default: 16,32,64,96,128,192,256.")
  private List<Integer> channels = BlockSweep.DEFAULT.channels();

  @Option(
      names = "--expansions",
      split = ",",
      paramLabel = "N",
      description = "How many times more channels are inside. Default: 2,3,4,6,8.")
  private List<Integer> expansions = BlockSweep.DEFAULT.expansions();

  @Option(names = "--kernels", split = ",", paramLabel = "N", description = "Default: 3,5.")
  private List<Integer> kernels = BlockSweep.DEFAULT.kernels();

  @Option(
      names = "--forms",
      split = ",",
      paramLabel = "FORM",
      description = "${COMPLETION-CANDIDATES}. Default: all.")
  private List<BlockForm> forms = BlockSweep.DEFAULT.forms();

  @Option(
      names = "--group-sizes",
      split = ",",
      paramLabel = "N",
      description = "Expanded channels of a group. Default: 32,64,128,256.")
  private List<Integer> groupSizes = BlockSweep.DEFAULT.groupSizes();

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a line for each block there.")
  private Optional<String> csv = Optional.empty();

  @Option(
      names = "--chart",
      paramLabel = "FILE.svg",
      description = "Draw latency over parameters there.")
  private Optional<String> chart = Optional.empty();

  @Option(
      names = "--choices",
      paramLabel = "FILE.yaml",
      description = {
        "Write there what is worth searching over at each stage of --space; ppe nas spaces",
        "--choices narrows it. The sweep is then over what the stages may choose from."
      })
  private Optional<String> choices = Optional.empty();

  @Option(
      names = "--stage",
      paramLabel = "NAME=SIZE",
      description = {
        "A stage of the space and its maps; may be repeated.",
        "Default: those of mobilenet-edgetpu-v2."
      })
  private Map<String, Integer> stages = new TreeMap<>();

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE.yaml",
      description = "Whose stages they are. Default: mobilenet-edgetpu-v2.")
  private String space = "mobilenet-edgetpu-v2";

  @Option(
      names = "--slack",
      paramLabel = "SHARE",
      description =
          "How much slower than the fastest of as many parameters a block may be."
              + " Default: 0.1.")
  private double slack = 0.1;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    if (!(slack >= 0 && slack <= 100)) {
      throw new UsageException("--slack is %s, must be 0 to 100".formatted(slack));
    }
    List<StageSweep> ofStages = choices.isPresent() ? stageSweeps() : List.of();
    List<Block> blocks =
        choices.isPresent()
            ? ofStages.stream().flatMap(s -> s.sweep().blocks().stream()).distinct().toList()
            : sweep().blocks();
    Failures failures = Failures.of(spec);
    Accelerator machine;
    Analysis analysis;
    try (PpeClient client = connection.open(failures::remark)) {
      machine = AcceleratorArgument.described(client, request());
      analysis =
          new BlockAnalyzer(client::estimate, machine, fidelity.message())
              .analyze(blocks, connection.width());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableException("interrupted", e);
    }
    analysis.failures().forEach(failures::line);
    write(machine.getName(), analysis, ofStages);
    new BlockTable(spec.commandLine().getOut()).write(machine.getName(), analysis.costs());
    return analysis.failures().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private BlockSweep sweep() {
    try {
      return new BlockSweep(sizes, channels, expansions, kernels, forms, groupSizes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private EstimateRequest request() {
    EstimateRequest.Builder request = EstimateRequest.newBuilder();
    accelerator.ifPresent(text -> AcceleratorArgument.set(text, request));
    return request.build();
  }

  private List<StageSweep> stageSweeps() {
    ModelSpace models = SpaceArgument.of(space).space();
    try {
      return (stages.isEmpty() ? STAGES : stages)
          .entrySet().stream()
              .map(stage -> StageSweep.of(models, stage.getKey(), stage.getValue()))
              .toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void write(String machine, Analysis analysis, List<StageSweep> ofStages) {
    csv.ifPresent(file -> write(file, BlockCsv.of(analysis.costs())));
    chart.ifPresent(
        file ->
            write(file, BlockChart.svg("Inverted bottlenecks on " + machine, analysis.costs())));
    choices.ifPresent(
        file -> {
          List<StageChoices> kept =
              ofStages.stream().map(stage -> stage.choices(analysis.costs(), slack)).toList();
          write(file, ChoicesYaml.of(machine, slack, kept));
        });
  }

  private static void write(String name, String text) {
    try (WholeFile file = WholeFile.at(name)) {
      file.stream().write(text.getBytes(StandardCharsets.UTF_8));
      file.commit();
    } catch (IOException e) {
      throw WholeFile.unwritable(name, e);
    }
  }
}
