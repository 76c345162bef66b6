package dev.ppe.nas.study;

import dev.ppe.nas.quality.Candidate;
import dev.ppe.nas.quality.CapacityProxy;
import dev.ppe.nas.quality.CommandSettings;
import dev.ppe.nas.quality.Quality;
import dev.ppe.nas.quality.QualityCommand;
import dev.ppe.nas.quality.QualitySource;
import dev.ppe.nas.quality.QualityTable;
import dev.ppe.nas.space.SearchSpace;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where a study has its qualities from. */
public sealed interface QualityDefinition {
  /** From nowhere: the objective does without. */
  record None() implements QualityDefinition {}

  /** From the size of the network: {@link CapacityProxy}. */
  record Proxy() implements QualityDefinition {}

  /**
   * From a table, which the study holds as a whole.
   *
   * @param name of its file
   * @param text what {@link QualityTable} reads
   */
  record Table(String name, String text) implements QualityDefinition {
    @Override
    public String toString() {
      return "csv:%s (%s)".formatted(name, Hashes.sha256(text).substring(0, 12));
    }
  }

  /**
   * From a command for each candidate.
   *
   * @param words program and arguments
   * @param timeout of an attempt
   * @param retries further attempts
   * @param parallelism how many may run at a time
   */
  record Command(List<String> words, Duration timeout, int retries, int parallelism)
      implements QualityDefinition {
    public Command {
      words = List.copyOf(words);
    }
  }

  /**
   * The source.
   *
   * @throws IllegalArgumentException if it does not fit the space
   */
  default QualitySource open(SearchSpace space) {
    return switch (this) {
      case None none -> new NoQuality();
      case Proxy proxy -> new CapacityProxy();
      case Table(String name, String text) -> table(name, text, space);
      case Command(List<String> words, Duration timeout, int retries, int parallelism) ->
          new QualityCommand(
              new CommandSettings(
                  words,
                  timeout,
                  retries,
                  parallelism,
                  Path.of(System.getProperty("java.io.tmpdir", "/tmp"))));
    };
  }

  /**
   * What makes it another source than others; of a command not how long it may take nor how many
   * run at a time, which depends on the machine.
   */
  default String identity() {
    return switch (this) {
      case Command(List<String> words, Duration timeout, int retries, int parallelism) ->
          "command %s with %d further attempts".formatted(words, retries);
      case None none -> none.toString();
      case Proxy proxy -> proxy.toString();
      case Table table -> table.toString();
    };
  }

  /** What reports call it. */
  default String label() {
    return switch (this) {
      case None none -> "none";
      case Proxy proxy -> new CapacityProxy().name();
      case Table table -> "table " + table.name();
      case Command command -> "command " + String.join(" ", command.words());
    };
  }

  private static QualitySource table(String name, String text, SearchSpace space) {
    try {
      return QualityTable.read(name, new StringReader(text), space);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  /** The source of an objective that asks for no quality. */
  record NoQuality() implements QualitySource {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public Quality of(Candidate candidate) {
      return new Quality.Unknown("the study has no source of quality");
    }
  }
}
