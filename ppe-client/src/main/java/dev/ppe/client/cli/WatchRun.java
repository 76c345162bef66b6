package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.client.report.compare.CompareWriter;
import dev.ppe.client.report.compare.Side;
import dev.ppe.v1.EstimateRequest;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/**
 * Estimates models, and again those whose files change: what changed since the last answer, and
 * nothing else. A file that cannot be read at the moment costs a line.
 */
final class WatchRun {
  private final PpeClient client;
  private final NetworkOptions networks;
  private final ArithmeticOption unlessChosen;
  private final EstimateRequest options;
  private final AnswerWriter writer;
  private final CompareWriter changes;
  private final PrintWriter out;
  private final Failures failures;
  private final Map<String, Side> last = new HashMap<>();

  /**
   * A run.
   *
   * @param client who answers
   * @param networks what is chosen of built-in networks
   * @param unlessChosen the numbers that those compute with unless they are chosen
   * @param options a request without a model
   * @param writer prints first answers
   * @param changes prints what changed since
   * @param out what both print to
   * @param failures tells of everything else
   */
  WatchRun(
      PpeClient client,
      NetworkOptions networks,
      ArithmeticOption unlessChosen,
      EstimateRequest options,
      AnswerWriter writer,
      CompareWriter changes,
      PrintWriter out,
      Failures failures) {
    this.client = client;
    this.networks = networks;
    this.unlessChosen = unlessChosen;
    this.options = options;
    this.writer = writer;
    this.changes = changes;
    this.out = out;
    this.failures = failures;
  }

  /** Goes on until nobody reads any more, or the thread is interrupted; returns the exit code. */
  int of(List<ModelArgument> models, WatchedFiles files) {
    models.forEach(this::estimate);
    try {
      while (!out.checkError()) {
        List<String> changed = files.awaitChange();
        models.stream().filter(model -> changed.contains(model.text())).forEach(this::estimate);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private void estimate(ModelArgument model) {
    try {
      LoadedModel loaded = model.load(networks, unlessChosen, options);
      Side now = CompareRun.side(client, options, loaded);
      Optional<Side> before = Optional.ofNullable(last.put(model.text(), now));
      if (before.isEmpty()) {
        List<String> inputs = Inputs.describe(loaded.request());
        writer.begin();
        writer.write(new Answer(now.response(), inputs, Optional.empty()));
        writer.end();
      } else if (before.get().response().equals(now.response())) {
        out.printf("%n%s: written again, costs the same%n", model.text());
      } else {
        out.printf("%n%s has changed, ", model.text());
        changes.write(named(before.get(), "before"), named(now, "now"));
      }
      loaded.notes().forEach(note -> failures.note(model.text(), note));
    } catch (RuntimeException e) {
      failures.model(model.text(), e);
    }
    out.flush();
  }

  /** The columns of the comparison are called by the models' names, which are the same. */
  private static Side named(Side side, String name) {
    return new Side(
        side.response().toBuilder().setModelName(name).build(), side.accelerator(), side.shapes());
  }
}
