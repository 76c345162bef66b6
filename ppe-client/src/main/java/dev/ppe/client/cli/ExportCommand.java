package dev.ppe.client.cli;

import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.graph.Graph;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

/** {@code ppe export}: networks as files that other tools take. */
@Command(
    name = "export",
    description = "A network as a file that other tools take, with weights of your choice.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe export mobilenet_edgetpu_v2_s --to tflite -o s.tflite",
      "  ppe export mobilenet_edgetpu_v2_s --to tflite --groups portable -o s.tflite",
      "  ppe export model.tflite --to onnx --weights random --seed 7 -o model.onnx",
      "  ppe export mobilenet_v2 --to keras > mobilenet_v2.py",
      "  ppe export model.onnx --to json > model.json; ppe estimate model.json"
    })
public final class ExportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "As for ppe estimate.")
  private String model = "";

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = {
        "${COMPLETION-CANDIDATES}.",
        "json: a ppe.v1.Graph; keras: Python source, for training."
      })
  private ExportFormat format = ExportFormat.TFLITE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to; - is standard output, the default of json and keras.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--groups",
      paramLabel = "FORM",
      description = {
        "Group convolutions: ${COMPLETION-CANDIDATES}. Default: native.",
        "portable: split, a convolution for each group, concatenation."
      })
  private GroupForm groups = GroupForm.NATIVE;

  @Option(
      names = "--weights",
      paramLabel = "KIND",
      description = "What tflite and onnx hold: ${COMPLETION-CANDIDATES}. Default: zero.")
  private Optional<WeightsOption> weights = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of random weights: equal seeds give equal files. Default: 0.")
  private Optional<Long> seed = Optional.empty();

  @Mixin private final NetworkOptions networks = new NetworkOptions();

  @Mixin private final FileOptions file = new FileOptions();

  @Override
  public Integer call() {
    check();
    Failures failures = Failures.of(spec);
    ModelArgument argument = ModelArguments.of(List.of(model)).getFirst();
    try {
      ImportedModel imported = read(argument);
      write(groups.of(imported.graph()), weights.orElse(WeightsOption.ZERO).of(seed.orElse(0L)));
      imported.notes().forEach(note -> failures.note(model, note));
      return ExitCode.OK;
    } catch (UnreadableException e) {
      failures.model(model, e);
      return ExitCode.SOFTWARE;
    }
  }

  private void check() {
    if (format.isBinary() && output.isEmpty()) {
      throw usage("%s is binary: say where to with --output FILE (- is standard output)");
    }
    if (!format.isBinary() && weights.isPresent()) {
      throw usage("%s holds no weights: --weights is for tflite and onnx");
    }
    if (seed.isPresent() && weights.orElse(WeightsOption.ZERO) != WeightsOption.RANDOM) {
      throw usage("--seed is for --weights random");
    }
    file.request(); // bad sizes are said before any work
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text.formatted(format));
  }

  private ImportedModel read(ModelArgument argument) {
    LoadedModel loaded = argument.load(networks, file.request());
    ImportedModel imported = Models.read(loaded.request());
    return loaded.notes().isEmpty()
        ? imported
        : new ImportedModel(imported.graph(), loaded.notes());
  }

  private void write(Graph graph, Weights data) {
    String target = output.orElse(STANDARD_OUTPUT);
    try {
      if (!target.equals(STANDARD_OUTPUT)) {
        writeFile(graph, data, target);
      } else if (format.isBinary()) {
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        format.write(graph, data, out);
        out.flush();
      } else {
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.text(graph));
        if (out.checkError()) { // flushes
          throw new IOException("cannot be written");
        }
      }
    } catch (IllegalArgumentException e) { // what a format cannot express, with the node
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw WholeFile.unwritable(target, e);
    }
  }

  private void writeFile(Graph graph, Weights data, String target) throws IOException {
    try (WholeFile file = WholeFile.at(target)) {
      format.write(graph, data, file.stream());
      file.commit();
    }
  }
}
