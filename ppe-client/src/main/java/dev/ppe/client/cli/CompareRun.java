package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.report.compare.CompareWriter;
import dev.ppe.client.report.compare.Side;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.v1.EstimateRequest;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ExitCode;

/** Asks for two answers and prints them side by side. */
final class CompareRun {
  /** Two models, or two accelerators. */
  static final int SIDES = 2;

  private final PpeClient client;
  private final NetworkOptions networks;
  private final ArithmeticOption unlessChosen;
  private final Failures failures;

  /** A model with all else that is asked. */
  record Question(ModelArgument model, EstimateRequest options) {}

  /** What became of a question. */
  private sealed interface Outcome {
    record Answered(ModelArgument model, Side side, List<String> notes) implements Outcome {}

    record Failed(ModelArgument model, RuntimeException reason) implements Outcome {}
  }

  /**
   * A run.
   *
   * @param client who answers
   * @param networks what is chosen of built-in networks
   * @param unlessChosen the numbers that those compute with unless they are chosen
   * @param failures tells of everything else
   */
  CompareRun(
      PpeClient client, NetworkOptions networks, ArithmeticOption unlessChosen, Failures failures) {
    this.client = client;
    this.networks = networks;
    this.unlessChosen = unlessChosen;
    this.failures = failures;
  }

  /**
   * The two sides.
   *
   * @param options of each accelerator that was given, one at least
   * @throws UsageException if they are not two models or two accelerators
   */
  static List<Question> questions(List<ModelArgument> models, List<EstimateRequest> options) {
    boolean two =
        (models.size() == SIDES && options.size() == 1)
            || (models.size() == 1 && options.size() == SIDES);
    if (!two) {
      throw new UsageException(
          "--compare takes two models on one accelerator, or one model and --accelerator twice; there are %d and %d"
              .formatted(models.size(), options.size()));
    }
    List<Question> questions = new ArrayList<>();
    for (ModelArgument model : models) {
      options.forEach(option -> questions.add(new Question(model, option)));
    }
    return questions;
  }

  /** Compares; returns the exit code. */
  int of(List<Question> questions, CompareWriter writer) {
    List<Outcome> outcomes = new ArrayList<>();
    InOrder.run(questions, SIDES, this::ask, outcomes::add);
    List<Side> sides = new ArrayList<>();
    outcomes.forEach(outcome -> take(outcome, sides));
    if (sides.size() < SIDES) {
      return ExitCode.SOFTWARE;
    }
    writer.write(sides.getFirst(), sides.getLast());
    return ExitCode.OK;
  }

  private Outcome ask(Question question) {
    try {
      LoadedModel loaded = question.model().load(networks, unlessChosen, question.options());
      return new Outcome.Answered(
          question.model(), side(client, question.options(), loaded), loaded.notes());
    } catch (RuntimeException e) {
      return new Outcome.Failed(question.model(), e);
    }
  }

  /** The answer for a model, with what is needed to compare it. */
  static Side side(PpeClient client, EstimateRequest options, LoadedModel loaded) {
    return new Side(
        client.estimate(loaded.request()),
        AcceleratorArgument.described(client, options),
        shapes(loaded.request()));
  }

  private void take(Outcome outcome, List<Side> sides) {
    switch (outcome) {
      case Outcome.Answered(ModelArgument model, Side side, List<String> notes) -> {
        sides.add(side);
        notes.forEach(note -> failures.note(model.text(), note));
        side.response().getNotesList().forEach(note -> failures.note(model.text(), note));
      }
      case Outcome.Failed(ModelArgument model, RuntimeException reason) -> {
        if (reason instanceof PpeException failure && failure.code() == Code.NOT_FOUND) {
          throw new UsageException(failure.getMessage()); // only accelerators can be unknown
        }
        failures.model(model.text(), reason);
      }
    }
  }

  /** By the nodes' names, where those are one node's alone; none of what only a server reads. */
  static Map<String, String> shapes(EstimateRequest request) {
    try {
      return shapes(Models.read(request).graph());
    } catch (UnreadableException e) {
      return Map.of();
    }
  }

  private static Map<String, String> shapes(Graph graph) {
    Map<String, String> shapes = new HashMap<>();
    Set<String> several = new HashSet<>();
    for (Node node : graph.nodes()) {
      String shape = graph.tensor(node.outputs().getFirst()).shape().toString();
      if (shapes.put(node.name(), shape) != null) {
        several.add(node.name());
      }
    }
    several.forEach(shapes::remove);
    return shapes;
  }
}
