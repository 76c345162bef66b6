package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.v1.EstimateRequest;
import io.grpc.Status.Code;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** Asks for one model after the other: every one is answered, whatever becomes of the others. */
final class EstimateRun {
  private final PpeClient client;
  private final NetworkOptions networks;
  private final ArithmeticOption unlessChosen;
  private final EstimateRequest options;
  private final boolean describeInputs;
  private final AnswerWriter writer;
  private final PrintWriter out;
  private final Failures failures;
  private int failed;

  /** What became of a model. */
  private sealed interface Outcome {
    record Answered(ModelArgument model, Answer answer, List<String> notes) implements Outcome {}

    record Failed(ModelArgument model, RuntimeException reason) implements Outcome {}
  }

  /**
   * A run.
   *
   * @param client who answers
   * @param networks what is chosen of built-in networks
   * @param unlessChosen the numbers that those compute with unless they are chosen
   * @param options a request without a model
   * @param describeInputs whether the writer shows the models' inputs, for which files are read
   *     here
   * @param writer prints the answers
   * @param out what it prints to: where nobody reads any more, the run ends
   * @param failures tells of everything else
   */
  EstimateRun(
      PpeClient client,
      NetworkOptions networks,
      ArithmeticOption unlessChosen,
      EstimateRequest options,
      boolean describeInputs,
      AnswerWriter writer,
      PrintWriter out,
      Failures failures) {
    this.client = client;
    this.networks = networks;
    this.unlessChosen = unlessChosen;
    this.options = options;
    this.describeInputs = describeInputs;
    this.writer = writer;
    this.out = out;
    this.failures = failures;
  }

  /** Estimates the models, so many at a time; returns the exit code. */
  int of(List<ModelArgument> models, int width) {
    writer.begin();
    InOrder.run(models, width, this::ask, this::take);
    writer.end();
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Outcome ask(ModelArgument model) {
    try {
      LoadedModel loaded = model.load(networks, unlessChosen, options);
      List<String> inputs = describeInputs ? Inputs.describe(loaded.request()) : List.of();
      Answer answer = new Answer(client.estimate(loaded.request()), inputs);
      return new Outcome.Answered(model, answer, loaded.notes());
    } catch (RuntimeException e) {
      return new Outcome.Failed(model, e);
    }
  }

  private boolean take(Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered(ModelArgument model, Answer answer, List<String> notes) -> {
        writer.write(answer);
        notes.forEach(note -> failures.note(model.text(), note));
        answer.response().getNotesList().forEach(note -> failures.note(model.text(), note));
      }
      case Outcome.Failed(ModelArgument model, RuntimeException reason) -> {
        // Only accelerators can be unknown, and the next model has the same one.
        if (reason instanceof PpeException failure && failure.code() == Code.NOT_FOUND) {
          throw new UsageException(failure.getMessage());
        }
        failed++;
        failures.model(model.text(), reason);
      }
    }
    return !out.checkError(); // which also flushes: readers see each answer as soon as it is there
  }
}
