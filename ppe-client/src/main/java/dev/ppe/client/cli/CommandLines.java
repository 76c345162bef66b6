package dev.ppe.client.cli;

import dev.ppe.client.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;

/** Puts the commands together and runs one of them. */
@SuppressWarnings("rawtypes") // ServiceLoader takes a class literal, which has no type arguments
public final class CommandLines {
  private static final int HELP_WIDTH = 100;
  private static final Set<String> TELLS_OF_ALL = Set.of(CompletionCommand.NAME, ManCommand.NAME);

  private CommandLines() {}

  /** Runs a command without a terminal. */
  public static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
    return run(arguments, out, err, Terminal.NONE);
  }

  /** Runs the command that the arguments name; returns the exit code and throws nothing. */
  static int run(List<String> arguments, PrintWriter out, PrintWriter err, Terminal terminal) {
    PpeCommand root = new PpeCommand(terminal);
    Failures failures = new Failures(err, root);
    try {
      return commandLine(root, failures, arguments)
          .setOut(out)
          .setErr(err)
          .execute(arguments.toArray(String[]::new));
    } catch (Throwable e) { // picocli lets errors pass
      return failures.report(e);
    }
  }

  private static CommandLine commandLine(
      PpeCommand root, Failures failures, List<String> arguments) {
    CommandLine commandLine = new CommandLine(root);
    List<ServiceLoader.Provider<Callable>> commands = commands();
    List<ServiceLoader.Provider<Callable>> meant =
        commands.stream()
            .filter(command -> !arguments.isEmpty() && name(command).equals(arguments.getFirst()))
            .filter(command -> !TELLS_OF_ALL.contains(name(command)))
            .toList();
    // Picocli takes milliseconds for each: the others are needed for help and mistakes alone.
    for (ServiceLoader.Provider<Callable> command : meant.size() == 1 ? meant : commands) {
      commandLine.addSubcommand(name(command), command.get());
    }
    if (meant.size() != 1) {
      commandLine.addSubcommand(new HelpCommand());
    }
    boolean colour = root.terminal().out() && root.terminal().err() && root.terminal().colour();
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(Help.defaultColorScheme(colour ? Help.Ansi.ON : Help.Ansi.OFF))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private static List<ServiceLoader.Provider<Callable>> commands() {
    return ServiceLoader.load(Callable.class).stream()
        .filter(provider -> provider.type().isAnnotationPresent(Command.class))
        .sorted(Comparator.comparing(CommandLines::name))
        .toList();
  }

  private static String name(ServiceLoader.Provider<Callable> command) {
    return command.type().getAnnotation(Command.class).name();
  }
}
