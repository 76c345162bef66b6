package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.client.report.CsvWriter;
import dev.ppe.client.report.JsonLinesWriter;
import dev.ppe.client.report.TableWriter;
import dev.ppe.client.report.compare.CompareCsv;
import dev.ppe.client.report.compare.CompareJson;
import dev.ppe.client.report.compare.CompareTable;
import dev.ppe.client.report.compare.CompareWriter;
import dev.ppe.client.report.roofline.RooflineCsv;
import dev.ppe.client.report.roofline.RooflineJson;
import dev.ppe.client.report.roofline.RooflineTable;
import dev.ppe.simulator.power.PowerAtRate;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe estimate}: options to requests; {@link EstimateRun} does the rest. */
@Command(
    name = "estimate",
    description = "How long one inference takes, how much energy it uses, and why.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe estimate mobilenet_edgetpu_v2_s --layers 20",
      "  ppe estimate mobilenet_v2_0.35 mnasnet_a1 --input-size 160 --classes 10",
      "  ppe estimate mobilebert_edgetpu_s --sequence-length 128 --accelerator tensor-g1",
      "  ppe estimate a.tflite b.tflite --accelerator edgetpu-v1 --format csv",
      "  ppe estimate candidate_float.onnx --precision int8",
      "  ppe estimate mobilenet_edgetpu_v2_s --accelerator tensor-g1 --rate 60",
      "  ppe estimate detector.tflite classifier.tflite --share-parameter-memory",
      "  ppe estimate mobilenet_v2 --trace mobilenet_v2.json",
      "  ppe estimate a.tflite mobilenet_v2 --accelerator tensor-g1 --report page.html",
      "  ppe estimate candidates/*.tflite --format json --target host-a:50051,host-b:50051",
      "  ppe estimate mobilenet_v1 mobilenet_v2 --compare",
      "  ppe estimate a.tflite --compare --accelerator coral-usb --accelerator tensor-g1",
      "  ppe estimate a.tflite --roofline",
      "  ppe estimate a.tflite --watch",
      "  ppe accelerators coral-usb > mine.yaml; ppe estimate a.tflite --accelerator mine.yaml"
    })
public final class EstimateCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      completionCandidates = NetworkNames.class,
      description = {
        "Files: .tflite, .onnx, or a ppe.v1.Graph as .json or .pb.",
        "Or names of built-in networks: ppe inspect --zoo lists them."
      })
  private List<String> models = List.of();

  @Mixin private final TaskOptions task = new TaskOptions();

  @Option(
      names = "--fidelity",
      paramLabel = "LEVEL",
      description = "${COMPLETION-CANDIDATES}. Default: cycle.")
  private FidelityOption fidelity = FidelityOption.CYCLE;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Inferences a second that average and active power are about. Default: 30.")
  private double rate = PowerAtRate.DEFAULT_RATE;

  @Mixin private final FileOptions file = new FileOptions();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: table.")
  private Format format = Format.TABLE;

  @Option(
      names = "--layers",
      paramLabel = "N|all",
      converter = LayerCount.class,
      description = {
        "How many of the slowest layers a table shows. Default: 10.",
        "JSON holds all layers, or none with 0."
      })
  private int layers = 10;

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

  @Mixin private final ViewOptions view = new ViewOptions();

  @Mixin private final SharingOptions sharing = new SharingOptions();

  @Mixin private final NetworkOptions networks = new NetworkOptions();

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() throws IOException {
    view.check(trace.isPresent(), report.isPresent(), sharing.isShared());
    if (view.watch() && format != Format.TABLE) {
      throw new ParameterException(spec.commandLine(), "--watch is for people: --format table");
    }
    if (trace.isPresent() && fidelity != FidelityOption.CYCLE) {
      throw new ParameterException(
          spec.commandLine(), "--trace shows the machine cycle by cycle: --fidelity cycle");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (PpeClient client = connection.open(Failures.of(spec)::remark)) {
      if (view.compare()) {
        return compare(client, out);
      }
      List<EstimateRequest> options =
          report.isPresent()
              ? task.requests().stream().map(this::options).toList()
              : List.of(options(task.request()));
      AnswerWriter writer = writer(client, options, out);
      if (view.watch()) {
        return watch(client, writer, options.getFirst());
      }
      if (trace.isEmpty()) {
        return answer(client, options, writer, out);
      }
      WholeFile.requireNoInput("--trace", trace.get(), models);
      try (TraceFile file =
          TraceFile.at(trace.get(), writer, hasLayers(), Failures.of(spec)::note)) {
        return answer(client, options, file, out);
      }
    }
  }

  private int answer(
      PpeClient client, List<EstimateRequest> options, AnswerWriter writer, PrintWriter out)
      throws IOException {
    if (report.isEmpty()) {
      return run(client, options.getFirst(), writer, out);
    }
    int answers = ModelArguments.of(models).size() * options.size();
    if (answers > ReportFile.MOST_ANSWERS) {
      throw new UsageException(
          "--report shows %d answers at most; %d models on %d accelerators are %d"
              .formatted(ReportFile.MOST_ANSWERS, models.size(), options.size(), answers));
    }
    try (ReportFile file =
        ReportFile.at(
            report.get(),
            models,
            trace.isPresent() ? writer : new WithoutTimeline(writer, hasLayers()))) {
      int exitCode = ExitCode.OK;
      file.begin();
      for (EstimateRequest each : options) {
        Accelerator accelerator = AcceleratorArgument.described(client, each);
        exitCode = Math.max(exitCode, run(client, each, file.on(accelerator), out));
      }
      file.end();
      return exitCode;
    }
  }

  private int run(PpeClient client, EstimateRequest options, AnswerWriter writer, PrintWriter out) {
    EstimateRun run =
        new EstimateRun(
            client,
            connection.isRemote(),
            networks,
            task.precision().arithmetic(),
            options,
            new EstimateRun.Wanted(format == Format.TABLE && !view.roofline(), report.isPresent()),
            sharing.chip(),
            writer,
            out,
            Failures.of(spec),
            root().progress(models.size()));
    return run.of(ModelArguments.of(models));
  }

  private PpeCommand root() {
    return (PpeCommand) spec.root().userObject();
  }

  private int watch(PpeClient client, AnswerWriter writer, EstimateRequest options) {
    WatchRun run =
        new WatchRun(
            client,
            networks,
            task.precision().arithmetic(),
            options,
            writer,
            new CompareTable(spec.commandLine().getOut(), TextWidth.get(), layers),
            spec.commandLine().getOut(),
            Failures.of(spec));
    return run.of(ModelArguments.of(models), WatchedFiles.of(models));
  }

  private int compare(PpeClient client, PrintWriter out) {
    CompareWriter writer =
        switch (format) {
          case TABLE -> new CompareTable(out, TextWidth.get(), layers);
          case JSON -> new CompareJson(out);
          case CSV -> new CompareCsv(out);
        };
    return new CompareRun(client, networks, task.precision().arithmetic(), Failures.of(spec))
        .of(
            CompareRun.questions(
                ModelArguments.of(models), task.requests().stream().map(this::options).toList()),
            writer);
  }

  private EstimateRequest options(EstimateRequest chosen) {
    if (!(rate > 0 && rate <= PowerAtRate.MOST)) {
      throw new UsageException(
          "--rate is %s, must be above 0 and at most %.0f".formatted(rate, PowerAtRate.MOST));
    }
    return file.request().toBuilder()
        .mergeFrom(chosen)
        .setFidelity(fidelity.message())
        .setDetail(fullDetail())
        .setInferenceRate(rate)
        .build();
  }

  /** What files beside the answers need as well. */
  private Detail fullDetail() {
    if (trace.isEmpty() && report.isEmpty()) {
      return detail();
    }
    return fidelity == FidelityOption.CYCLE ? Detail.DETAIL_TIMELINE : Detail.DETAIL_LAYERS;
  }

  private boolean hasLayers() {
    return detail() != Detail.DETAIL_SUMMARY;
  }

  private Detail detail() {
    if (view.compare() || view.roofline()) {
      return Detail.DETAIL_LAYERS;
    }
    return switch (format) {
      case TABLE -> Detail.DETAIL_LAYERS; // what stands out is found in them
      case JSON -> layers == 0 ? Detail.DETAIL_SUMMARY : Detail.DETAIL_LAYERS;
      case CSV -> Detail.DETAIL_SUMMARY;
    };
  }

  private AnswerWriter writer(PpeClient client, List<EstimateRequest> options, PrintWriter out) {
    if (view.roofline()) {
      if (options.size() > 1) {
        throw new UsageException(
            "--roofline shows one accelerator; --accelerator is given %d times"
                .formatted(options.size()));
      }
      Accelerator accelerator = AcceleratorArgument.described(client, options.getFirst());
      return switch (format) {
        case TABLE -> new RooflineTable(out, TextWidth.get(), layers, accelerator);
        case JSON -> new RooflineJson(out, accelerator);
        case CSV -> new RooflineCsv(out, accelerator);
      };
    }
    return switch (format) {
      case TABLE -> new TableWriter(out, TextWidth.get(), layers);
      case JSON -> new JsonLinesWriter(out);
      case CSV -> new CsvWriter(out);
    };
  }
}
