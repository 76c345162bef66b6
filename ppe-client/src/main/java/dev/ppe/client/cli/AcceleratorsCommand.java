package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.report.AcceleratorTable;
import dev.ppe.client.report.AcceleratorText;
import dev.ppe.client.report.JsonLinesWriter;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe accelerators}: all in a table, or one in full. */
@Command(
    name = "accelerators",
    description = "Which accelerators there are; with a NAME, everything about that one.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe accelerators",
      "  ppe accelerators coral-usb > mine.yaml; ppe estimate a.tflite --accelerator mine.yaml"
    })
public final class AcceleratorsCommand implements Callable<Integer> {
  /** How accelerators are printed. */
  enum AcceleratorFormat {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return this == TABLE ? "table" : "json";
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "One of them: printed as the YAML file that --accelerator takes.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}: one a line. Default: table.")
  private AcceleratorFormat format = AcceleratorFormat.TABLE;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    if (name.filter(String::isBlank).isPresent()) {
      throw new UsageException("NAME is empty; ppe accelerators lists the names");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (PpeClient client = connection.open()) {
      if (name.isPresent()) {
        one(AcceleratorArgument.named(client, name.get()), out);
      } else {
        all(client.listAccelerators(), out);
      }
      return ExitCode.OK;
    }
  }

  private void one(Accelerator accelerator, PrintWriter out) {
    switch (format) {
      case TABLE -> AcceleratorText.print(out, accelerator);
      case JSON -> new JsonLinesWriter(out).line(accelerator);
    }
  }

  private void all(ListAcceleratorsResponse response, PrintWriter out) {
    switch (format) {
      case TABLE -> {
        AcceleratorTable.print(out, TextWidth.get(), response);
      }
      case JSON -> response.getAcceleratorsList().forEach(new JsonLinesWriter(out)::line);
    }
  }
}
