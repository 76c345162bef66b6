package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import io.grpc.Status.Code;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** Asks for one model after the other: every one is answered, whatever becomes of the others. */
final class EstimateRun {
  private final PpeClient client;
  private final NetworkOptions networks;
  private final ArithmeticOption unlessChosen;
  private final EstimateRequest options;
  private final boolean describe;
  private final Optional<SharedChip> chip;
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
   * @param describe whether the writer shows the models' inputs, for which files are read here, and
   *     what models that share a chip would cost alone
   * @param chip the chip that all models are on, if they are on one
   * @param writer prints the answers
   * @param out what it prints to: where nobody reads any more, the run ends
   * @param failures tells of everything else
   */
  EstimateRun(
      PpeClient client,
      NetworkOptions networks,
      ArithmeticOption unlessChosen,
      EstimateRequest options,
      boolean describe,
      Optional<SharedChip> chip,
      AnswerWriter writer,
      PrintWriter out,
      Failures failures) {
    this.client = client;
    this.networks = networks;
    this.unlessChosen = unlessChosen;
    this.options = options;
    this.describe = describe;
    this.chip = chip;
    this.writer = writer;
    this.out = out;
    this.failures = failures;
  }

  /** Estimates the models, so many at a time where they are apart; returns the exit code. */
  int of(List<ModelArgument> models, int width) {
    writer.begin();
    InOrder.run(models, chip.isPresent() ? 1 : width, this::ask, this::take);
    writer.end();
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Outcome ask(ModelArgument model) {
    try {
      LoadedModel loaded = model.load(networks, unlessChosen, options);
      List<String> inputs = describe ? Inputs.describe(loaded.request()) : List.of();
      Answer answer =
          chip.isPresent()
              ? shared(loaded.request(), inputs, chip.get())
              : new Answer(client.estimate(loaded.request()), inputs, Optional.empty());
      return new Outcome.Answered(model, answer, loaded.notes());
    } catch (RuntimeException e) {
      return new Outcome.Failed(model, e);
    }
  }

  /** A model that gets what those before have left; one that fails leaves all to the next. */
  private Answer shared(EstimateRequest request, List<String> inputs, SharedChip chip) {
    Optional<EstimateResponse> alone =
        describe ? Optional.of(client.estimate(request)) : Optional.empty();
    EstimateResponse response = client.estimate(chip.next(request));
    chip.take(response.getMemory().getParameterMemoryUsedBytes());
    return new Answer(response, inputs, alone);
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
