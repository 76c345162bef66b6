package dev.ppe.client.cli;

import dev.ppe.client.cli.man.ManPage;
import dev.ppe.client.terminal.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe man}: the pages that the distribution has for {@code man}. */
@Command(
    name = ManCommand.NAME,
    description = "The page of a command in the format of man, or a file for each command.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe man estimate | man -l -",
      "  ppe man nas search | man -l -",
      "  ppe man --output ~/.local/share/man/man1          then: man ppe-estimate"
    })
public final class ManCommand implements Callable<Integer> {
  static final String NAME = "man";

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "What the page is about, such as nas search. Default: ppe itself.")
  private List<String> command = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Write the pages of all commands there.")
  private Optional<String> folder = Optional.empty();

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String program = "ppe " + Version.program();
    if (folder.isEmpty()) {
      spec.commandLine().getOut().print(ManPage.of(named(root), program).text());
      return ExitCode.OK;
    }
    if (!command.isEmpty()) {
      throw new UsageException(
          "--output writes the pages of all commands; leave out " + String.join(" ", command));
    }
    write(folder.get(), ManPage.all(root, program));
    return ExitCode.OK;
  }

  private CommandLine named(CommandLine root) {
    CommandLine named = root;
    for (String word : command) {
      CommandLine next = named.getSubcommands().get(word);
      if (next == null) {
        String above = named.getCommandSpec().qualifiedName();
        throw new UsageException(
            named.getSubcommands().isEmpty()
                ? "%s has no commands: leave out %s".formatted(above, word)
                : "%s has no command %s: %s"
                    .formatted(
                        above,
                        word,
                        Nearest.hint(word, List.copyOf(named.getSubcommands().keySet()))));
      }
      named = next;
    }
    return named;
  }

  private static void write(String target, List<ManPage> pages) {
    try {
      Path folder = Files.createDirectories(Path.of(target));
      for (ManPage page : pages) {
        Files.writeString(folder.resolve(page.fileName()), page.text());
      }
    } catch (InvalidPathException e) {
      throw new UnreadableException("%s: %s".formatted(target, e.getReason()));
    } catch (IOException e) {
      throw WholeFile.unwritable(target, e);
    }
  }
}
