package dev.ppe.nas.quality;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One attempt of a quality command.
 *
 * @param exitCode of the process; empty if it was killed for taking too long
 * @param output the end of what it printed
 * @param errors the end of what it wrote to standard error
 */
record CommandRun(Optional<Integer> exitCode, Duration timeout, String output, String errors) {
  /** For the pipes to be read to their end, which a child that got away may hold open. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  static CommandRun of(CommandSettings settings, long trial, CommandFiles files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(settings.command());
    command.add(files.model().toString());
    command.add(files.parameters().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PPE_TRIAL", Long.toString(trial));
    builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      Tail output = Tail.of(process.getInputStream());
      Tail errors = Tail.of(process.getErrorStream());
      boolean ended = process.waitFor(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
      kill(process);
      process.waitFor();
      return new CommandRun(
          ended ? Optional.of(process.exitValue()) : Optional.empty(),
          settings.timeout(),
          output.text(DRAIN),
          errors.text(DRAIN));
    } finally {
      kill(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** What the attempt says. */
  Quality quality() {
    if (exitCode.isEmpty()) {
      return unknown("took more than %s and was killed".formatted(timeout));
    }
    if (exitCode.get() != 0) {
      return unknown("ended with code %d".formatted(exitCode.get()));
    }
    String last = lastLine(output).orElse("");
    try {
      return new Quality.Known(Double.parseDouble(last));
    } catch (IllegalArgumentException e) {
      return unknown("printed \"%s\", must print a number last".formatted(last));
    }
  }

  private Quality unknown(String reason) {
    return new Quality.Unknown(
        "the quality command " + reason + lastLine(errors).map(line -> ": " + line).orElse(""));
  }

  private static Optional<String> lastLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((first, second) -> second)
        .map(line -> line.length() > 200 ? line.substring(0, 200) + "..." : line);
  }
}
