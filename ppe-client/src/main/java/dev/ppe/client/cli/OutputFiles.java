package dev.ppe.client.cli;

import dev.ppe.client.report.AnswerWriter;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Files that are written beside the answers. */
final class OutputFiles {
  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = {
        "Write when each instruction ran, for https://ui.perfetto.dev or chrome://tracing:",
        "a process a model, a track an engine, counters of memory, bandwidth and power."
      })
  private Optional<String> trace = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = {
        "Write a page about the models: network, layers, roofline, memory over time, comparison.",
        "One file that needs no network; --accelerator may be given several times."
      })
  private Optional<String> report = Optional.empty();

  /** Who is asked for the models. */
  interface Asking {
    /** Asks for all of them, and prints; returns the exit code. */
    int ask(EstimateRequest options, AnswerWriter writer);

    /** The accelerator that options are about. */
    Accelerator accelerator(EstimateRequest options);
  }

  /** Whether a trace is written. */
  boolean hasTrace() {
    return trace.isPresent();
  }

  /** Whether a page is written. */
  boolean hasReport() {
    return report.isPresent();
  }

  /** What answers have to hold for the files, and for what is printed. */
  Detail detail(FidelityOption fidelity, Detail printed) {
    if (trace.isEmpty() && report.isEmpty()) {
      return printed;
    }
    return fidelity == FidelityOption.CYCLE ? Detail.DETAIL_TIMELINE : Detail.DETAIL_LAYERS;
  }

  /**
   * Asks, prints, and writes the files.
   *
   * @param models what is read
   * @param options of each accelerator that was given, one at least; more for a page alone
   * @param writer prints the answers
   * @param layers whether it prints layers
   * @param notes told of models that there is something to know of, by name
   * @return the exit code
   * @throws IOException if a file cannot be ended
   */
  int write(
      List<String> models,
      List<EstimateRequest> options,
      AnswerWriter writer,
      boolean layers,
      BiConsumer<String, String> notes,
      Asking asking)
      throws IOException {
    if (trace.isEmpty()) {
      return report.isEmpty()
          ? asking.ask(options.getFirst(), writer)
          : page(report.get(), models, options, new WithoutTimeline(writer, layers), asking);
    }
    WholeFile.requireNoInput("--trace", trace.get(), models);
    try (TraceFile file = TraceFile.at(trace.get(), writer, layers, notes)) {
      return report.isEmpty()
          ? asking.ask(options.getFirst(), file)
          : page(report.get(), models, options, file, asking);
    }
  }

  private static int page(
      String name,
      List<String> models,
      List<EstimateRequest> options,
      AnswerWriter writer,
      Asking asking)
      throws IOException {
    int answers = ModelArguments.of(models).size() * options.size();
    if (answers > ReportFile.MOST_ANSWERS) {
      throw new UsageException(
          "--report shows %d answers at most; %d models on %d accelerators are %d"
              .formatted(ReportFile.MOST_ANSWERS, models.size(), options.size(), answers));
    }
    try (ReportFile file = ReportFile.at(name, models, writer)) {
      int exitCode = ExitCode.OK;
      file.begin();
      for (EstimateRequest each : options) {
        Accelerator accelerator = asking.accelerator(each);
        exitCode = Math.max(exitCode, asking.ask(each, file.on(accelerator)));
      }
      file.end();
      return exitCode;
    }
  }
}
