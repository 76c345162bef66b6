package dev.ppe.client.cli;

import dev.ppe.client.report.explain.Explained;
import dev.ppe.client.report.explain.ExplanationWriter;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.CompilationException;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.PhaseListener;
import dev.ppe.simulator.compile.explain.Explanation;
import dev.ppe.simulator.compile.verify.Verification;
import dev.ppe.simulator.compile.verify.VerificationException;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.UnknownAcceleratorException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;

/** Compiles one model after the other: every one is answered, whatever becomes of the others. */
final class CompileRun {
  private final Function<ModelArgument, LoadedModel> loader;
  private final EstimateRequest options;
  private final Precision precision;
  private final Phase stopAfter;
  private final boolean verify;
  private final Optional<SharedChip> chip;
  private final ExplanationWriter writer;
  private final PrintWriter out;
  private final Failures failures;

  /**
   * A run.
   *
   * @param loader makes a request of a model
   * @param options a request without a model
   * @param precision what models are converted to
   * @param stopAfter the last phase to run
   * @param verify whether each phase's work is checked
   * @param chip the chip that all models are on, if they are on one
   * @param writer prints what comes of it
   * @param out what it prints to: where nobody reads any more, the run ends
   * @param failures tells of everything else
   */
  CompileRun(
      Function<ModelArgument, LoadedModel> loader,
      EstimateRequest options,
      Precision precision,
      Phase stopAfter,
      boolean verify,
      Optional<SharedChip> chip,
      ExplanationWriter writer,
      PrintWriter out,
      Failures failures) {
    this.loader = loader;
    this.options = options;
    this.precision = precision;
    this.stopAfter = stopAfter;
    this.verify = verify;
    this.chip = chip;
    this.writer = writer;
    this.out = out;
    this.failures = failures;
  }

  /** Compiles the models; returns the exit code. */
  int of(List<ModelArgument> models) {
    Accelerator accelerator = accelerator();
    int exitCode = ExitCode.OK;
    writer.begin();
    for (ModelArgument model : models) {
      try {
        compile(model, accelerator);
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

  private Accelerator accelerator() {
    try {
      return AcceleratorCatalog.of(options);
    } catch (UnknownAcceleratorException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void compile(ModelArgument model, Accelerator accelerator) {
    LoadedModel loaded = loader.apply(model);
    ImportedModel imported = Models.read(loaded.request());
    Graph graph = precision.applyTo(imported.graph());
    Accelerator rest = chip.map(c -> accelerator.reserving(c.takenBytes())).orElse(accelerator);
    Compilation known = compile(CanonicalGraph.of(graph), rest);
    chip.ifPresent(c -> known.mapping().ifPresent(m -> c.take(m.parameterMemoryBytes())));
    writer.write(new Explained(Explanation.of(known), Inputs.describe(graph), verify));
    loaded.notes().forEach(note -> failures.note(model.text(), note));
    imported.notes().forEach(note -> failures.note(model.text(), note));
  }

  private Compilation compile(CanonicalGraph graph, Accelerator accelerator) {
    PhaseListener listener = verify ? new Verification() : PhaseListener.NONE;
    try {
      return Compiler.compile(graph, accelerator, stopAfter, listener, Interruption.NEVER);
    } catch (CompilationException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    } catch (VerificationException e) {
      throw new UnreadableException("the compiler made a mistake, " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw new UnreadableException(
          "takes more cycles on %s than 63 bits can count".formatted(accelerator.name()), e);
    }
  }
}
