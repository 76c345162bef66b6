package dev.ppe.nas.cli;

import dev.ppe.client.cli.UsageException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs of quality commands. */
final class Programs {
  private Programs() {}

  /**
   * A command with the absolute path of its program, so that it is the same one from every folder
   * and with every PATH. Links stay as they are: programs look at the name they are called by.
   *
   * @throws UsageException if there is no such program: better now than as the failure of a trial
   */
  static List<String> found(List<String> command) {
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new UsageException("the quality command names no program");
    }
    String program = command.getFirst();
    Path path =
        folders(program).stream()
            .map(folder -> folder.isEmpty() ? Path.of(program) : Path.of(folder, program))
            .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "the quality command: there is no program \"%s\" that may be run"
                            .formatted(program)));
    List<String> words = new ArrayList<>(command);
    words.set(0, path.toAbsolutePath().toString());
    return List.copyOf(words);
  }

  private static List<String> folders(String program) {
    return program.contains("/")
        ? List.of("")
        : List.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1));
  }
}
