package dev.ppe.client.cli;

import dev.ppe.client.terminal.ProgressLine;
import dev.ppe.client.terminal.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that all others belong to. */
@Command(
    name = "ppe",
    description =
        "How long one inference of a network takes on an Edge-TPU-like accelerator, how much energy it"
            + " uses, and why.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe estimate mobilenet_edgetpu_v2_s                    a network that is built in",
      "  ppe estimate model.tflite --accelerator edgetpu-v1     a file, on another accelerator",
      "  ppe estimate *.tflite --format json > answers.jsonl    one line an answer, for programs",
      "  ppe estimate *.tflite --target host-a,host-b           the same, asked of replicas",
      "  ppe inspect model.tflite                               operators, shapes, parameters",
      "  ppe inspect --zoo                                      which networks are built in",
      "  ppe compile model.tflite                               where every operator and tensor goes",
      "  ppe accelerators                                       which accelerators there are",
      "  ppe accelerators coral-usb > mine.yaml                 a start for one of your own",
      "  ppe load --target host-a --rate 200                    how a server copes with that",
      "  ppe doctor --target host-a,host-b                      whether everything is there",
      "  ppe help estimate                                      the page of a command",
      "",
      "Answers go to standard output, everything else to standard error.",
      "Exit codes: 0 all done, 1 something failed (the rest is still answered), 2 wrong usage."
    })
final class PpeCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program a failure came from (as PPE_DEBUG=1 does).")
  private boolean stacktrace;

  private final Terminal terminal;
  private Optional<ProgressLine> progress = Optional.empty();

  PpeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Where people read. */
  Terminal terminal() {
    return terminal;
  }

  /** A bar for so much work, above which other lines go. */
  ProgressBar progress(long total) {
    return new ProgressBar(progressLine(terminal.showsProgress()), total);
  }

  /**
   * A line for progress, above which other lines go; the last one counts.
   *
   * @param shown whether there is somebody to see it
   */
  ProgressLine progressLine(boolean shown) {
    ProgressLine line = new ProgressLine(spec.commandLine().getErr(), shown);
    progress = Optional.of(line);
    return line;
  }

  /** Prints a line where the bar is, and lets the bar come again below it. */
  void aboveProgress(Runnable print) {
    progress.ifPresent(ProgressLine::clear);
    print.run();
  }

  /** Whether failures are shown with their stack traces. */
  boolean stacktrace() {
    return stacktrace || System.getenv("PPE_DEBUG") != null;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
