package dev.ppe.distribution.man;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ppe.client.cli.CommandLines;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The pages of the whole program, whose commands come from several modules. */
@SuppressWarnings("rawtypes") // ServiceLoader takes a class literal, which has no type arguments
class ManPagesTest {
  private static final File NOTHING = new File("/dev/null");

  @TempDir private static Path folder;

  private static Path pages;

  @BeforeAll
  static void write() {
    pages = folder.resolve("man1");
    StringWriter err = new StringWriter();
    int exitCode =
        CommandLines.run(
            List.of("man", "--output", pages.toString()),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err));
    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
  }

  /** All commands and those below them, found without the program's own list. */
  private static List<CommandSpec> commands() {
    List<CommandSpec> commands = new ArrayList<>();
    ServiceLoader.load(Callable.class).stream()
        .filter(each -> each.type().isAnnotationPresent(Command.class))
        .forEach(each -> collect(new CommandLine(each.get()).getCommandSpec(), commands));
    return commands;
  }

  private static void collect(CommandSpec command, List<CommandSpec> commands) {
    commands.add(command);
    for (CommandLine below : command.subcommands().values()) {
      collect(below.getCommandSpec(), commands);
    }
  }

  private static Path page(CommandSpec command) {
    return pages.resolve("ppe-%s.1".formatted(command.qualifiedName("-")));
  }

  @Test
  void everyCommandHasAPage() {
    List<CommandSpec> commands = commands();
    assertThat(commands)
        .extracting(command -> command.qualifiedName(" "))
        .contains("estimate", "man", "serve", "nas search", "nas cost-model train");
    assertThat(commands).allSatisfy(command -> assertThat(page(command)).isRegularFile());
    assertThat(pages.resolve("ppe.1")).isRegularFile();
    assertThat(pages.resolve("ppe-help.1")).isRegularFile();
    assertThat(pages.toFile().list()).hasSize(commands.size() + 2);
  }

  @Test
  void everyOptionStandsOnItsPageWithAllItsNames() {
    assertThat(commands())
        .allSatisfy(
            command -> {
              List<String> entries = entries(page(command));
              for (OptionSpec option : command.options()) {
                if (!option.hidden()) {
                  assertThat(entries)
                      .as("%s %s", command.qualifiedName(), option.longestName())
                      .anySatisfy(entry -> assertThat(names(entry)).contains(shown(option)));
                }
              }
            });
  }

  /** The lines that macros of entries are followed by, without escapes. */
  private static List<String> entries(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    List<String> entries = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i - 1).equals(".TP")) {
        entries.add(lines.get(i).replaceAll("\\\\f[BIR]", "").replace("\\-", "-"));
      }
    }
    return entries;
  }

  /** Its names as help has them too. */
  private static String[] shown(OptionSpec option) {
    return Arrays.stream(option.names())
        .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
        .toArray(String[]::new);
  }

  private static List<String> names(String entry) {
    return Arrays.asList(entry.replaceAll("\\[=.*", "").split("[ ,=]+", -1));
  }

  @Test
  void manFindsAndShowsThem() throws Exception {
    assumeTrue(isInstalled("man"), "needs man");
    String shown = output("man", "-M", folder.toString(), "ppe-nas-search");
    assertThat(shown).contains("NAME", "SYNOPSIS", "ppe nas search", "--study", "EXAMPLES");
  }

  /** All warnings that groff knows, of all pages at once. */
  @Test
  void groffWarnsOfNothing() throws Exception {
    assumeTrue(isInstalled("groff"), "needs groff");
    assertThat(output(onPages("groff", "-man", "-Tutf8", "-ww", "-z"))).isEmpty();
  }

  @Test
  void mandocWarnsOfNothing() throws Exception {
    assumeTrue(isInstalled("mandoc"), "needs mandoc");
    // It would have dates; the pages are the same whenever they are made.
    assertThat(output(onPages("mandoc", "-Tlint", "-Wwarning")).lines())
        .allSatisfy(line -> assertThat(line).contains("missing date"));
  }

  private static String[] onPages(String... command) throws IOException {
    try (Stream<Path> files = Files.list(pages)) {
      return Stream.concat(Arrays.stream(command), files.map(Path::toString).sorted())
          .toArray(String[]::new);
    }
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }

  /** What a program says, on either stream. */
  private static String output(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectInput(Redirect.from(NOTHING));
    builder.environment().put("MANPAGER", "cat");
    builder.environment().put("MANWIDTH", "100");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.replaceAll(".\b", "").replaceAll("\u001B\\[[0-9;]*m", ""); // bold and underlined
  }
}
