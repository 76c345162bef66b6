package dev.ppe.nas.cli;

import dev.ppe.client.cli.Format;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.client.cli.WholeFile;
import dev.ppe.nas.cli.SamplingOptions.Labelled;
import dev.ppe.nas.cost.CostFileWriter;
import dev.ppe.nas.cost.LearnedCosts;
import dev.ppe.nas.cost.LearnedCosts.Learned;
import dev.ppe.nas.cost.ModelKind;
import dev.ppe.nas.cost.Predictor;
import dev.ppe.nas.cost.Sample;
import dev.ppe.nas.objective.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppe nas cost-model train}: samples a space and fits a model. */
@Command(
    name = "train",
    description = {
      "Draws points of a space, asks the service for their costs and fits a model, which is written",
      "as JSON. How well it predicts points that it did not learn from is printed."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas cost-model train --space mobilenet-edgetpu-v2 --samples 3000 \\",
      "      --data samples.db --output costs.json"
    })
final class TrainCostModelCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Points to learn from; a quarter more are drawn, to check with. Default: 3000.")
  private int samples = 3_000;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = {
        "table: what blocks cost alone, added up; linear: a weight for each choice of a block;",
        "boosted: splines and gradient-boosted trees over what blocks amount to. Default: boosted."
      })
  private String kind = ModelKind.BOOSTED.word();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.json",
      required = true,
      description = "Where the model goes.")
  private String output = "";

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "Of the accuracy: ${COMPLETION-CANDIDATES}. Default: table.")
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    ModelKind chosen = kind(kind);
    SamplingOptions.requireSamples("--samples", samples);
    WholeFile.requireNoInput("--output", output, sampling.files());
    try (WholeFile file = WholeFile.at(output)) { // before the work, which would be lost
      Labelled labelled = sampling.label(samples, spec);
      LearnedCosts costs = trained(labelled, chosen);
      file.stream().write(CostFileWriter.write(costs).getBytes(StandardCharsets.UTF_8));
      file.commit();
      new AccuracyTable(spec.commandLine().getOut()).write(format, rows(labelled, costs));
      return ExitCode.OK;
    } catch (IOException e) {
      throw WholeFile.unwritable(output, e);
    }
  }

  private static LearnedCosts trained(Labelled labelled, ModelKind kind) {
    List<Learned> models = new ArrayList<>();
    List<Sample> learn = labelled.samples().learn();
    for (Metric metric : labelled.metrics()) {
      models.add(new Learned(metric, kind, learn.size(), trained(labelled, kind, metric, learn)));
    }
    return new LearnedCosts(
        labelled.study().definition().origin(labelled.study().simulator().orElse("")),
        labelled.study().space().space().parameters(),
        models);
  }

  private static List<AccuracyTable.Row> rows(Labelled labelled, LearnedCosts costs) {
    return costs.models().stream()
        .map(
            model ->
                AccuracyTable.row(
                    model.metric(),
                    model.kind(),
                    model.samples(),
                    model.predictor(),
                    labelled.samples()))
        .toList();
  }

  static ModelKind kind(String word) {
    return ModelKind.of(word)
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no kind of model \"%s\", only %s"
                        .formatted(word, ModelKind.words())));
  }

  /** A model; what there is nothing to learn from is a mistake of the one who asks. */
  static Predictor trained(Labelled labelled, ModelKind kind, Metric metric, List<Sample> samples) {
    try {
      return labelled.trainer().train(kind, metric, samples);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
