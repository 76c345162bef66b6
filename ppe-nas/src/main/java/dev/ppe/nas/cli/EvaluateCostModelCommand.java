package dev.ppe.nas.cli;

import dev.ppe.client.cli.Failures;
import dev.ppe.client.cli.Format;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.nas.cli.SamplingOptions.Labelled;
import dev.ppe.nas.cost.ModelKind;
import dev.ppe.nas.cost.Predictor;
import dev.ppe.nas.cost.Sample;
import dev.ppe.nas.objective.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppe nas cost-model evaluate}: accuracy against the number of samples. */
@Command(
    name = "evaluate",
    description = {
      "Fits models of each kind to more and more samples, and prints how well they predict others:",
      "a fifth of all that were drawn, the same for all of them."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas cost-model evaluate --space mobilenet-edgetpu-v2 --data samples.db",
      "  ppe nas cost-model evaluate --space fbnet --sizes 100,1000 --kinds linear -f csv"
    })
final class EvaluateCostModelCommand implements Callable<Integer> {
  /** Predictions are timed so often, to warm up. */
  private static final int ROUNDS = 100;

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      description = "Numbers of samples to learn from. Default: 100,300,1000,3000.")
  private List<Integer> sizes = List.of(100, 300, 1_000, 3_000);

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "table, linear, boosted. Default: all that the space has.")
  private List<String> kinds = List.of();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: table.")
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    List<ModelKind> chosen = kinds.stream().map(TrainCostModelCommand::kind).toList();
    if (sizes.isEmpty()) {
      throw new UsageException("--sizes is empty, must be numbers of samples");
    }
    sizes.forEach(size -> SamplingOptions.requireSamples("--sizes", size));
    Labelled labelled = sampling.label(Collections.max(sizes), spec);
    if (chosen.isEmpty()) {
      chosen =
          Stream.of(ModelKind.values())
              .filter(kind -> kind != ModelKind.TABLE || labelled.trainer().hasBlocks())
              .toList();
    }
    List<AccuracyTable.Row> rows = new ArrayList<>();
    for (Metric metric : labelled.metrics()) {
      for (ModelKind kind : chosen) {
        for (int size : sizes) {
          rows.add(row(labelled, metric, kind, size));
        }
      }
    }
    new AccuracyTable(spec.commandLine().getOut()).write(format, rows);
    return ExitCode.OK;
  }

  private AccuracyTable.Row row(Labelled labelled, Metric metric, ModelKind kind, int size) {
    List<Sample> all = labelled.samples().learn();
    List<Sample> learn = all.subList(0, Math.min(size, all.size()));
    Predictor predictor = TrainCostModelCommand.trained(labelled, kind, metric, learn);
    if (size == Collections.max(sizes)) {
      tellTime(metric, kind, predictor, labelled.samples().heldOut());
    }
    return AccuracyTable.row(metric, kind, learn.size(), predictor, labelled.samples());
  }

  /** On standard error: how long something took is no result that is the same again. */
  private void tellTime(Metric metric, ModelKind kind, Predictor predictor, List<Sample> samples) {
    double sum = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (Sample sample : samples) {
        sum += predictor.predict(sample.point());
      }
      least = Math.min(least, System.nanoTime() - begin);
    }
    if (Double.isFinite(sum)) { // so that the work is not left out
      Failures.of(spec)
          .remark(
              String.format(
                  Locale.ROOT,
                  "%s by %s: %.2f us a prediction",
                  metric.word(),
                  kind.word(),
                  least * 1e-3 / samples.size()));
    }
  }
}
