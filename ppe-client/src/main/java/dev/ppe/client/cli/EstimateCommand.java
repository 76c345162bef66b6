package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.client.report.compare.CompareTable;
import dev.ppe.simulator.power.PowerAtRate;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Mixin private final OutputFiles files = new OutputFiles();

  @Mixin private final ViewOptions view = new ViewOptions();

  @Mixin private final SharingOptions sharing = new SharingOptions();

  @Mixin private final NetworkOptions networks = new NetworkOptions();

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() throws IOException {
    view.check(files.hasTrace(), files.hasReport(), sharing.isShared());
    if (view.watch() && format != Format.TABLE) {
      throw new ParameterException(spec.commandLine(), "--watch is for people: --format table");
    }
    if (files.hasTrace() && fidelity != FidelityOption.CYCLE) {
      throw new ParameterException(
          spec.commandLine(), "--trace shows the machine cycle by cycle: --fidelity cycle");
    }
    AnswerForm form = new AnswerForm(format, layers, view, spec.commandLine().getOut());
    try (PpeClient client = connection.open(Failures.of(spec)::remark)) {
      if (view.compare()) {
        return compare(client, form);
      }
      List<EstimateRequest> options =
          files.hasReport() ? all(form) : List.of(options(task.request(), form));
      AnswerWriter writer = view.roofline() ? roofline(client, options, form) : form.answers();
      return view.watch()
          ? watch(client, writer, options.getFirst())
          : files.write(
              models,
              options,
              writer,
              form.hasLayers(),
              Failures.of(spec)::note,
              new AllModels(client, form));
    }
  }

  /** All models on one accelerator after the other. */
  private final class AllModels implements OutputFiles.Asking {
    private final PpeClient client;
    private final AnswerForm form;

    AllModels(PpeClient client, AnswerForm form) {
      this.client = client;
      this.form = form;
    }

    @Override
    public int ask(EstimateRequest options, AnswerWriter writer) {
      EstimateRun run =
          new EstimateRun(
              client,
              connection.isRemote(),
              networks,
              task.precision().arithmetic(),
              options,
              new EstimateRun.Wanted(form.hasDescriptions(), files.hasReport()),
              sharing.chip(),
              writer,
              form.out(),
              Failures.of(spec),
              ((PpeCommand) spec.root().userObject()).progress(models.size()));
      return run.of(ModelArguments.of(models));
    }

    @Override
    public Accelerator accelerator(EstimateRequest options) {
      return AcceleratorArgument.described(client, options);
    }
  }

  private int watch(PpeClient client, AnswerWriter writer, EstimateRequest options) {
    PrintWriter out = spec.commandLine().getOut();
    WatchRun run =
        new WatchRun(
            client,
            networks,
            task.precision().arithmetic(),
            options,
            writer,
            new CompareTable(out, TextWidth.get(), layers),
            out,
            Failures.of(spec));
    return run.of(ModelArguments.of(models), WatchedFiles.of(models));
  }

  private int compare(PpeClient client, AnswerForm form) {
    return new CompareRun(client, networks, task.precision().arithmetic(), Failures.of(spec))
        .of(CompareRun.questions(ModelArguments.of(models), all(form)), form.comparison());
  }

  private static AnswerWriter roofline(
      PpeClient client, List<EstimateRequest> options, AnswerForm form) {
    if (options.size() > 1) {
      throw new UsageException(
          "--roofline shows one accelerator; --accelerator is given %d times"
              .formatted(options.size()));
    }
    return form.roofline(AcceleratorArgument.described(client, options.getFirst()));
  }

  /** A request without a model for each accelerator that was given. */
  private List<EstimateRequest> all(AnswerForm form) {
    return task.requests().stream().map(chosen -> options(chosen, form)).toList();
  }

  private EstimateRequest options(EstimateRequest chosen, AnswerForm form) {
    if (!(rate > 0 && rate <= PowerAtRate.MOST)) {
      throw new UsageException(
          "--rate is %s, must be above 0 and at most %.0f".formatted(rate, PowerAtRate.MOST));
    }
    return file.request().toBuilder()
        .mergeFrom(chosen)
        .setFidelity(fidelity.message())
        .setDetail(files.detail(fidelity, form.detail()))
        .setInferenceRate(rate)
        .build();
  }
}
