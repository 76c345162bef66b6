package dev.ppe.nas.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Semaphore;

/**
 * A command of the user's for each candidate: it gets the paths of a TensorFlow Lite file with zero
 * weights and of a JSON file with the parameters, and prints the quality as the last line of its
 * output. What it writes to standard error is quoted if it fails.
 *
 * <p>An attempt fails if the command ends with a code other than 0, prints no number or takes too
 * long; then it is killed with all its children. A command that cannot be started, or whose files
 * cannot be written, says nothing of the candidate: that is an exception.
 */
public final class QualityCommand implements QualitySource {
  private final CommandSettings settings;
  private final Semaphore places;

  public QualityCommand(CommandSettings settings) {
    this.settings = settings;
    places = new Semaphore(settings.parallelism(), true);
  }

  @Override
  public String name() {
    return "command " + String.join(" ", settings.command());
  }

  @Override
  public Quality of(Candidate candidate) throws InterruptedException {
    places.acquire();
    try {
      Quality quality = attempt(candidate);
      for (int i = 0; i < settings.retries() && quality instanceof Quality.Unknown; i++) {
        quality = attempt(candidate);
      }
      return quality;
    } finally {
      places.release();
    }
  }

  private Quality attempt(Candidate candidate) throws InterruptedException {
    try (CommandFiles files = CommandFiles.write(settings.directory(), candidate)) {
      CommandRun run = CommandRun.of(settings, candidate.trial(), files);
      return run.quality();
    } catch (IOException e) {
      // Of a file that is not there, the message is the name alone.
      String reason =
          e instanceof NoSuchFileException
              ? "no such file: " + e.getMessage()
              : String.valueOf(e.getMessage());
      throw new UncheckedIOException("the quality command cannot be run: " + reason, e);
    }
  }
}
