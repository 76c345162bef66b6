package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.report.AcceleratorText;
import dev.ppe.client.report.calibration.CalibrationCsv;
import dev.ppe.client.report.calibration.CalibrationJson;
import dev.ppe.client.report.calibration.CalibrationTable;
import dev.ppe.client.report.calibration.CalibrationWriter;
import dev.ppe.simulator.calibration.CalibratedYaml;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.Parameter;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.Presets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ppe calibrate}: an accelerator's constants from measurements of one's own board. */
@Command(
    name = "calibrate",
    description = {
      "Fits an accelerator's constants to what was measured on a board. Of latencies: what an inference",
      "and a layer cost, the rates of link and memory, the clock. Of energies: what actions, leakage and",
      "clock take beside the table's. Constants that the rows do not determine stay; a fit that predicts",
      "rows left out worse than the constants before is refused."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe calibrate --accelerator coral-usb --measurements lab.csv --output lab.yaml",
      "  ppe estimate model.tflite --accelerator lab.yaml",
      "  ppe calibrate -a mine.yaml -m lab.csv --fit invocation.overhead_ns,clock_hz",
      "",
      "lab.csv:",
      "  model,ms",
      "  mobilenet_v2,2.6",
      "  models/own.tflite,4.1"
    })
public final class CalibrateCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = {"-a", "--accelerator"},
      paramLabel = "NAME|FILE.yaml",
      description = "What was measured, as far as it is known. Default: coral-usb.")
  private String accelerator = Presets.DEFAULT;

  @Option(
      names = {"-m", "--measurements"},
      paramLabel = "FILE.csv",
      required = true,
      description = {
        "A row a model: model (a file or a built-in network), ms or mJ or both (one inference",
        "in the steady state), and input_size of a built-in network if it is not the published",
        "one."
      })
  private String measurements = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.yaml",
      description = {
        "Write the accelerator with the fitted constants, for --accelerator.",
        "- is standard output, in place of the report. Default: the report alone."
      })
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--fit",
      paramLabel = "CONSTANT",
      split = ",",
      completionCandidates = Paths.class,
      description = "Of these only, if the rows determine them: ${COMPLETION-CANDIDATES}.")
  private List<String> constants = List.of();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "Of the report: ${COMPLETION-CANDIDATES}. Default: table.")
  private Format format = Format.TABLE;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() throws IOException {
    Set<Parameter> wanted = wanted();
    requireAnotherFile();
    Failures failures = Failures.of(spec);
    PrintWriter out = spec.commandLine().getOut();
    try (PpeClient client = connection.open()) {
      RowPredictor predictor = new RowPredictor(client, connection.width());
      List<Calibration> calibrations =
          new CalibrateRun(predictor, measurements, failures).calibrate(document(client), wanted);
      if (calibrations.isEmpty()) {
        return ExitCode.SOFTWARE;
      }
      write(calibrations, out, failures);
      return ExitCode.OK;
    }
  }

  private Set<Parameter> wanted() {
    if (constants.isEmpty()) {
      return EnumSet.allOf(Parameter.class);
    }
    Set<Parameter> wanted = EnumSet.noneOf(Parameter.class);
    for (String constant : constants) {
      wanted.add(
          Parameter.find(constant.strip())
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "--fit: no constant \"%s\"; there are %s"
                              .formatted(constant, String.join(", ", new Paths())))));
    }
    return wanted;
  }

  /** Nothing is as hard to get again as measurements. */
  private void requireAnotherFile() throws IOException {
    if (output.isPresent()
        && Files.exists(Path.of(output.get()))
        && Files.exists(Path.of(measurements))
        && Files.isSameFile(Path.of(output.get()), Path.of(measurements))) {
      throw new ParameterException(
          spec.commandLine(), "--output is the file of measurements; give another one");
    }
  }

  private AcceleratorDocument document(PpeClient client) {
    if (AcceleratorArgument.isFile(accelerator)) {
      return AcceleratorArgument.file(accelerator);
    }
    if (!connection.isRemote() && Presets.names().contains(accelerator)) {
      return AcceleratorDocument.preset(accelerator); // with its comments
    }
    StringWriter text = new StringWriter();
    AcceleratorText.print(new PrintWriter(text), AcceleratorArgument.named(client, accelerator));
    return new AcceleratorDocument(accelerator, text.toString());
  }

  private void write(List<Calibration> calibrations, PrintWriter out, Failures failures)
      throws IOException {
    String yaml =
        CalibratedYaml.of(calibrations, String.valueOf(Path.of(measurements).getFileName()));
    if (output.isPresent() && output.get().equals(STANDARD_OUTPUT)) {
      out.print(yaml);
      return;
    }
    writer(out).write(calibrations);
    out.flush();
    if (output.isPresent()) {
      try (WholeFile file = WholeFile.at(output.get())) {
        file.stream().write(yaml.getBytes(StandardCharsets.UTF_8));
        file.commit();
      } catch (IOException e) {
        throw WholeFile.unwritable(output.get(), e);
      }
      failures.line(
          "%s: written, as %s"
              .formatted(output.get(), CalibratedYaml.name(calibrations.getFirst())));
    }
  }

  private CalibrationWriter writer(PrintWriter out) {
    return switch (format) {
      case TABLE -> new CalibrationTable(out, TextWidth.get());
      case JSON -> new CalibrationJson(out);
      case CSV -> new CalibrationCsv(out);
    };
  }

  /** For the help. */
  static final class Paths implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Parameter.values()).map(Parameter::path).iterator();
    }
  }
}
