package dev.ppe.client.cli;

import dev.ppe.client.report.NetworkWriter;
import dev.ppe.client.report.ZooTable;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.EstimateRequest;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe inspect}: what networks consist of. */
@Command(
    name = "inspect",
    description = "Operators, shapes, types, multiply-accumulates and parameters of networks.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe inspect model.tflite",
      "  ppe inspect --zoo",
      "  ppe inspect resnet50 --input-size 320 --classes 10 --arithmetic float32",
      "  ppe inspect model.tflite --format graph > model.json; ppe estimate model.json"
    })
public final class InspectCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", arity = "0..*", description = "As for ppe estimate.")
  private List<String> models = List.of();

  @Option(names = "--zoo", description = "All built-in networks.")
  private boolean zoo;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = {
        "${COMPLETION-CANDIDATES}. Default: table.",
        "graph: as ppe.v1.Graph in JSON, which ppe estimate takes."
      })
  private InspectFormat format = InspectFormat.TABLE;

  @Mixin private final NetworkOptions networks = new NetworkOptions();

  @Mixin private final FileOptions file = new FileOptions();

  @Override
  public Integer call() {
    if (zoo && !networks.given().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), networks.given().getFirst() + " is for MODELs, not for --zoo");
    }
    if (zoo != models.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), zoo ? "give MODELs or --zoo, not both" : "give a MODEL or --zoo");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (zoo && format == InspectFormat.TABLE) {
      ZooTable.print(out, TextWidth.get());
      return ExitCode.OK;
    }
    return inspect(zoo ? Zoo.models().stream().map(ZooModel::name).toList() : models, out);
  }

  private int inspect(List<String> arguments, PrintWriter out) {
    NetworkWriter writer = format.writer(out);
    Failures failures = Failures.of(spec);
    EstimateRequest options = file.request();
    int exitCode = ExitCode.OK;
    writer.begin();
    for (ModelArgument model : ModelArguments.of(arguments)) {
      try {
        LoadedModel loaded = model.load(networks, ArithmeticOption.INT8, options);
        ImportedModel imported = Models.read(loaded.request());
        writer.write(imported.graph());
        loaded.notes().forEach(note -> failures.note(model.text(), note));
        imported.notes().forEach(note -> failures.note(model.text(), note));
      } catch (RuntimeException e) {
        failures.model(model.text(), e);
        exitCode = ExitCode.SOFTWARE;
      }
      if (out.checkError()) {
        return exitCode; // nobody reads any more
      }
    }
    return exitCode;
  }
}
