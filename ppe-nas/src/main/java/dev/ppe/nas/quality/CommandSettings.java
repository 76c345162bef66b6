package dev.ppe.nas.quality;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How {@link QualityCommand} runs.
 *
 * @param command program and arguments; the paths of the model's and the parameters' files follow
 * @param timeout how long one attempt may take
 * @param retries further attempts after one that failed
 * @param parallelism how many may run at a time
 * @param directory where a folder is made for each attempt, and removed after it
 */
public record CommandSettings(
    List<String> command, Duration timeout, int retries, int parallelism, Path directory) {
  public CommandSettings {
    command = List.copyOf(command);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("the quality command is empty");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the timeout is " + timeout + ", must be above 0");
    }
    if (retries < 0 || retries > 100 || parallelism < 1 || parallelism > 10_000) {
      throw new IllegalArgumentException(
          "retries are %d and parallelism %d, must be 0 to 100 and 1 to 10,000"
              .formatted(retries, parallelism));
    }
  }
}
