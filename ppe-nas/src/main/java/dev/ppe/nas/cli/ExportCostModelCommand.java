package dev.ppe.nas.cli;

import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.client.cli.WholeFile;
import dev.ppe.nas.cost.CostFileWriter;
import dev.ppe.nas.cost.LearnedCosts;
import dev.ppe.nas.cost.LearnedCosts.Learned;
import dev.ppe.nas.cost.OnnxExport;
import dev.ppe.nas.objective.Metric;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ppe nas cost-model export}: a model for other programs. */
@Command(
    name = "export",
    description = {
      "Writes a cost model for other programs: as ONNX, which takes the numbers of choices and gives",
      "costs, or as JSON coefficients, which is what train wrote, of one metric if that is asked for."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas cost-model export costs.json --onnx costs.onnx",
      "  ppe nas cost-model export costs.json --metric latency --json latency.json"
    })
final class ExportCostModelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.json", description = "The model.")
  @SuppressWarnings("NullAway.Init") // by picocli
  private String file;

  @Option(names = "--onnx", paramLabel = "FILE.onnx", description = "Write ONNX there.")
  private Optional<String> onnx = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE.json", description = "Write JSON there.")
  private Optional<String> json = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "This one alone. Default: all that the model predicts.")
  private Optional<String> metric = Optional.empty();

  @Override
  public Integer call() {
    if (onnx.isEmpty() && json.isEmpty()) {
      throw new UsageException("nothing to write: give --onnx FILE.onnx or --json FILE.json");
    }
    onnx.ifPresent(name -> WholeFile.requireNoInput("--onnx", name, List.of(file)));
    json.ifPresent(name -> WholeFile.requireNoInput("--json", name, List.of(file)));
    LearnedCosts whole = CostModelFile.of(file).costs();
    LearnedCosts costs = metric.map(word -> only(whole, word)).orElse(whole);
    onnx.ifPresent(name -> OutputFile.write(name, OnnxExport.write(costs)));
    json.ifPresent(name -> OutputFile.write(name, CostFileWriter.write(costs)));
    return ExitCode.OK;
  }

  private LearnedCosts only(LearnedCosts costs, String word) {
    Learned model =
        Metric.of(word)
            .flatMap(costs::model)
            .orElseThrow(
                () ->
                    new UsageException(
                        "%s does not predict \"%s\", only %s"
                            .formatted(
                                file,
                                word,
                                costs.models().stream()
                                    .map(each -> each.metric().word())
                                    .collect(Collectors.joining(", ")))));
    return new LearnedCosts(costs.origin(), costs.parameters(), List.of(model));
  }
}
