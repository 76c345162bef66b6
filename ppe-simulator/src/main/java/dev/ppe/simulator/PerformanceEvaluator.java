package dev.ppe.simulator;

import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.analytic.AnalyticalModel;
import dev.ppe.simulator.compile.CompilationException;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.power.EnergyModel;
import dev.ppe.simulator.power.EnergyTables;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.EvaluationFactory;
import dev.ppe.simulator.report.Timeline;
import dev.ppe.simulator.report.TimelineFactory;
import dev.ppe.simulator.simulate.Machine;

/** The main path: a verified graph and an accelerator in, an evaluation out. */
public final class PerformanceEvaluator {
  private PerformanceEvaluator() {}

  /** Evaluates one inference in the numbers that the model has. */
  public static Evaluation evaluate(
      Graph graph, Accelerator accelerator, Fidelity fidelity, Interruption interruption) {
    return evaluate(graph, accelerator, fidelity, Precision.STORED, interruption);
  }

  /**
   * Evaluates one inference.
   *
   * @param graph a verified graph
   * @param accelerator what runs it
   * @param fidelity how closely the machine is followed
   * @param precision the numbers to compute with: as stored, or as if converted
   * @param interruption stops the work when it is no longer wanted
   * @throws dev.ppe.simulator.compile.CompilationException if the compiler has no program for it
   */
  public static Evaluation evaluate(
      Graph graph,
      Accelerator accelerator,
      Fidelity fidelity,
      Precision precision,
      Interruption interruption) {
    return evaluate(
        CanonicalGraph.of(precision.applyTo(graph, interruption), interruption),
        accelerator,
        fidelity,
        precision,
        TilingMemo.PER_EVALUATION,
        interruption);
  }

  /**
   * Evaluates one inference of a network in canonical form, for callers that look at its hash
   * first.
   *
   * @param canonical the network, already in the numbers that {@code precision} asks for
   * @param accelerator what runs it
   * @param fidelity how closely the machine is followed
   * @param precision what the numbers are called in the evaluation
   * @param memo what is known of layers like its own: no answer depends on it
   * @param interruption stops the work when it is no longer wanted
   * @throws dev.ppe.simulator.compile.CompilationException if the compiler has no program for it
   */
  public static Evaluation evaluate(
      CanonicalGraph canonical,
      Accelerator accelerator,
      Fidelity fidelity,
      Precision precision,
      TilingMemo memo,
      Interruption interruption) {
    try {
      Compiled compiled = compile(canonical, accelerator, memo, interruption);
      Activity activity =
          switch (fidelity) {
            case CYCLE -> Machine.run(compiled.program(interruption), interruption);
            case ANALYTICAL -> AnalyticalModel.inference(compiled.mapping(), interruption);
          };
      return compiled.evaluation(fidelity, precision, activity, interruption);
    } catch (ArithmeticException e) {
      throw tooManyCycles(accelerator, e);
    }
  }

  /**
   * Evaluates one inference cycle by cycle, and tells when each instruction ran.
   *
   * @throws dev.ppe.simulator.compile.CompilationException if the compiler has no program for it
   */
  public static TimedEvaluation evaluateWithTimeline(
      Graph graph, Accelerator accelerator, Precision precision, Interruption interruption) {
    return evaluateWithTimeline(
        CanonicalGraph.of(precision.applyTo(graph, interruption), interruption),
        accelerator,
        precision,
        TilingMemo.PER_EVALUATION,
        interruption);
  }

  /** The same of a network in canonical form, already in the numbers of {@code precision}. */
  public static TimedEvaluation evaluateWithTimeline(
      CanonicalGraph canonical,
      Accelerator accelerator,
      Precision precision,
      TilingMemo memo,
      Interruption interruption) {
    try {
      Compiled compiled = compile(canonical, accelerator, memo, interruption);
      Program program = compiled.program(interruption);
      Machine.Run run = Machine.observe(program, interruption);
      return new TimedEvaluation(
          compiled.evaluation(Fidelity.CYCLE, precision, run.activity(), interruption),
          TimelineFactory.of(compiled.mapping(), program, run.schedule(), interruption));
    } catch (ArithmeticException e) {
      throw tooManyCycles(accelerator, e);
    }
  }

  /**
   * An evaluation with its timeline.
   *
   * @param evaluation the costs
   * @param timeline when each instruction ran
   */
  public record TimedEvaluation(Evaluation evaluation, Timeline timeline) {}

  private static Compiled compile(
      CanonicalGraph canonical,
      Accelerator accelerator,
      TilingMemo memo,
      Interruption interruption) {
    return new Compiled(canonical, Compiler.map(canonical, accelerator, memo, interruption));
  }

  private static CompilationException tooManyCycles(
      Accelerator accelerator, ArithmeticException cause) {
    return new CompilationException(
        "graph", "takes more cycles on " + accelerator.name() + " than 63 bits can count", cause);
  }

  private record Compiled(CanonicalGraph canonical, Mapping mapping) {
    Program program(Interruption interruption) {
      Program program = Scheduler.program(mapping, interruption);
      interruption.check();
      return program;
    }

    Evaluation evaluation(
        Fidelity fidelity, Precision precision, Activity activity, Interruption interruption) {
      Accelerator accelerator = mapping.accelerator();
      EnergyModel energy =
          new EnergyModel(EnergyTables.get(accelerator.energyTable()), accelerator);
      Activity upload =
          switch (fidelity) {
            case CYCLE -> {
              Program program = Scheduler.upload(mapping, interruption);
              interruption.check();
              yield Machine.run(program, interruption);
            }
            case ANALYTICAL -> AnalyticalModel.upload(mapping, interruption);
          };
      return new EvaluationFactory(
              canonical.hash(),
              fidelity,
              precision,
              mapping,
              activity,
              upload,
              energy,
              interruption)
          .evaluation();
    }
  }
}
