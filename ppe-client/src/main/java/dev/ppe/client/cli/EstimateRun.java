package dev.ppe.client.cli;

import dev.ppe.client.Outcome;
import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import io.grpc.Status.Code;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/**
 * Asks for models, side by side where they are apart, and prints their answers in order: every one
 * is answered, whatever becomes of the others.
 */
final class EstimateRun {
  /**
   * What is wanted of models beside their answers, for which they are read here.
   *
   * @param description their inputs, and what models that share a chip would cost alone
   * @param network their layers with what connects them
   */
  record Wanted(boolean description, boolean network) {
    private boolean nothing() {
      return !description && !network;
    }
  }

  private final PpeClient client;
  private final boolean remote;
  private final NetworkOptions networks;
  private final ArithmeticOption unlessChosen;
  private final EstimateRequest options;
  private final Wanted wanted;
  private final Optional<SharedChip> chip;
  private final AnswerWriter writer;
  private final PrintWriter out;
  private final Failures failures;
  private final ProgressBar progress;
  private int failed;

  /**
   * A run.
   *
   * @param client who answers
   * @param remote whether that is done by replicas
   * @param networks what is chosen of built-in networks
   * @param unlessChosen the numbers that those compute with unless they are chosen
   * @param options a request without a model
   * @param wanted what the writer shows beside answers
   * @param chip the chip that all models are on, if they are on one
   * @param writer prints the answers
   * @param out what it prints to: where nobody reads any more, the run ends
   * @param failures tells of everything else
   * @param progress shows how far it has come
   */
  EstimateRun(
      PpeClient client,
      boolean remote,
      NetworkOptions networks,
      ArithmeticOption unlessChosen,
      EstimateRequest options,
      Wanted wanted,
      Optional<SharedChip> chip,
      AnswerWriter writer,
      PrintWriter out,
      Failures failures,
      ProgressBar progress) {
    this.client = client;
    this.remote = remote;
    this.networks = networks;
    this.unlessChosen = unlessChosen;
    this.options = options;
    this.wanted = wanted;
    this.chip = chip;
    this.writer = writer;
    this.out = out;
    this.failures = failures;
    this.progress = progress;
  }

  /** Estimates the models; returns the exit code. */
  int of(List<ModelArgument> models) {
    writer.begin();
    if (chip.isPresent() || models.size() == 1) {
      oneByOne(models);
    } else {
      all(models);
    }
    progress.clear();
    writer.end();
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void all(List<ModelArgument> models) {
    try (Stream<Question> questions =
            InOrder.stream(models, Runtime.getRuntime().availableProcessors(), this::read);
        Stream<Outcome<Question>> outcomes =
            client.estimateAll(questions, Question::takeRequest, progress::show)) {
      Iterator<Outcome<Question>> iterator = outcomes.iterator();
      boolean goesOn = true;
      while (goesOn && iterator.hasNext()) {
        goesOn = take(iterator.next());
      }
    }
  }

  private void oneByOne(List<ModelArgument> models) {
    boolean goesOn = true;
    for (Iterator<ModelArgument> rest = models.iterator(); goesOn && rest.hasNext(); ) {
      goesOn =
          switch (read(rest.next())) {
            case Question.Ready ready -> ask(ready);
            case Question.Unreadable unreadable -> fail(unreadable.model(), unreadable.reason());
          };
    }
  }

  private Question read(ModelArgument model) {
    try {
      LoadedModel loaded = model.load(networks, unlessChosen, options);
      Optional<Graph> network =
          wanted.nothing() ? Optional.empty() : Models.readHere(loaded.request());
      return Question.of(
          model,
          loaded,
          wanted.description() ? network.map(Inputs::describe).orElse(List.of()) : List.of(),
          wanted.network() ? network : Optional.empty());
    } catch (RuntimeException e) {
      return new Question.Unreadable(model, e);
    }
  }

  private boolean ask(Question.Ready question) {
    EstimateRequest request = question.takeRequest();
    Answer answer;
    try {
      answer =
          chip.isPresent()
              ? shared(request, question, chip.get())
              : answer(question, client.estimate(request), Optional.empty());
    } catch (RuntimeException e) {
      return fail(question.model(), e);
    }
    return write(question, answer);
  }

  /** A model that gets what those before have left; one that fails leaves all to the next. */
  private Answer shared(EstimateRequest request, Question.Ready question, SharedChip chip) {
    Optional<EstimateResponse> alone =
        wanted.description() ? Optional.of(client.estimate(request)) : Optional.empty();
    EstimateResponse response = client.estimate(chip.next(request));
    chip.take(response.getMemory().getParameterMemoryUsedBytes());
    return answer(question, response, alone);
  }

  private static Answer answer(
      Question.Ready question, EstimateResponse response, Optional<EstimateResponse> alone) {
    return new Answer(response, question.inputs(), alone, question.network());
  }

  private boolean take(Outcome<Question> outcome) {
    return switch (outcome.input()) {
      case Question.Unreadable(ModelArgument model, RuntimeException reason) -> fail(model, reason);
      case Question.Ready ready ->
          switch (outcome) {
            case Outcome.Answer<Question> answer ->
                write(ready, answer(ready, answer.response(), Optional.empty()));
            case Outcome.Failure<Question> failure -> fail(ready.model(), failure.reason());
          };
    };
  }

  private boolean write(Question.Ready question, Answer answer) {
    writer.write(answer);
    String model = question.model().text();
    question.notes().forEach(note -> failures.note(model, note));
    answer.response().getNotesList().forEach(note -> failures.note(model, note));
    return isRead();
  }

  private boolean fail(ModelArgument model, RuntimeException reason) {
    // Only accelerators can be unknown, and the next model has the same one. Replicas may differ.
    if (!remote && reason instanceof PpeException failure && failure.code() == Code.NOT_FOUND) {
      throw new UsageException(failure.getMessage());
    }
    failed++;
    failures.model(model.text(), reason);
    return isRead();
  }

  /** Whether anybody reads on. Also flushes: readers see each answer as soon as it is there. */
  private boolean isRead() {
    return !out.checkError();
  }
}
