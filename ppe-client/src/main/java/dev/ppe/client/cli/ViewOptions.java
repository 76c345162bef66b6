package dev.ppe.client.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Other views of answers than one after the other. */
final class ViewOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--compare",
      description = {
        "Two models, or one model on two accelerators (--accelerator X --accelerator Y), side by",
        "side and layer by layer: what changed, and why. --layers: those that changed most."
      })
  private boolean compare;

  @Option(
      names = "--roofline",
      description = {
        "Layers under the accelerator's roofs: multiply-accumulates for each byte, what was",
        "attained of the peak and of what memories and link allow, plotted and in figures."
      })
  private boolean roofline;

  @Option(
      names = "--watch",
      description = {
        "Estimate again whenever a model's file changes, and show what changed; until the program",
        "is ended."
      })
  private boolean watch;

  /** Whether files are watched. */
  boolean watch() {
    return watch;
  }

  /** Whether two answers are compared. */
  boolean compare() {
    return compare;
  }

  /** Whether layers are shown under their roofs. */
  boolean roofline() {
    return roofline;
  }

  /**
   * Refuses what has no meaning together.
   *
   * @param trace whether a trace is written
   * @param report whether a page is written
   * @param shared whether the models are on one chip
   */
  void check(boolean trace, boolean report, boolean shared) {
    if (report && (compare || watch)) {
      throw new ParameterException(
          spec.commandLine(),
          compare
              ? "--report has a comparison of its own: leave --compare out"
              : "--watch goes with plain answers, not with --report");
    }
    if (compare && roofline) {
      throw new ParameterException(spec.commandLine(), "--compare and --roofline: choose one");
    }
    if (compare && shared) {
      throw new ParameterException(
          spec.commandLine(),
          "--compare shows models that are each alone on a chip, without " + SharingOptions.NAME);
    }
    if (watch && (trace || compare || roofline || shared)) {
      throw new ParameterException(
          spec.commandLine(),
          "--watch goes with plain answers, not with --trace, --compare, --roofline or "
              + SharingOptions.NAME);
    }
    if (trace && (compare || roofline)) {
      throw new ParameterException(
          spec.commandLine(),
          "--trace goes with plain answers, not with " + (compare ? "--compare" : "--roofline"));
    }
  }
}
