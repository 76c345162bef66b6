package dev.ppe.client.cli;

import dev.ppe.client.PpeException;
import dev.ppe.client.terminal.ProgressLine;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of failures: a line on standard error each, with a stack trace only where asked for. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final PrintWriter err;
  private final PpeCommand root;

  Failures(PrintWriter err, PpeCommand root) {
    this.err = err;
    this.root = root;
  }

  /** For a command. */
  public static Failures of(CommandSpec command) {
    return new Failures(command.commandLine().getErr(), (PpeCommand) command.root().userObject());
  }

  /** A line for progress where people see standard error, above which all others go. */
  public ProgressLine progressLine() {
    return root.progressLine(root.terminal().showsLines());
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    line(text(e));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("Try 'ppe %s'.%n", help(e.getCommandLine()));
    return ExitCode.USAGE;
  }

  private static String help(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return name.contains(" ") ? name.substring(name.indexOf(' ') + 1) + " --help" : "--help";
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return e instanceof ParameterException usage
        ? handleParseException(usage, new String[0])
        : report(e);
  }

  /** Tells of a failure that ends the run; returns the exit code. */
  public int report(Throwable e) {
    line(reason(e));
    trace(e);
    return e instanceof UsageException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** Tells of a model that failed, while the run goes on. */
  public void model(String model, Throwable e) {
    line(model + ": " + reason(e));
    trace(e);
  }

  /** Tells what a person should know of a model that was answered. */
  public void note(String model, String note) {
    remark(model + ": note: " + note);
  }

  /** Tells what a person should know though nothing failed. */
  public void remark(String text) {
    print(root.terminal().notePrefix(), text);
  }

  private void trace(Throwable e) {
    if (root.stacktrace()) {
      e.printStackTrace(err);
    }
    err.flush();
  }

  /** Why something failed, in a line. Only what nobody foresaw is named by its class. */
  private static String reason(Throwable e) {
    return switch (e) {
      case PpeException failure -> failure.getMessage();
      case UsageException usage -> text(usage);
      case UnreadableException unreadable -> text(unreadable);
      case OutOfMemoryError memory -> "out of memory; PPE_JAVA_OPTS=-Xmx4g gives the program more";
      default ->
          "internal error (%s: %s); --stacktrace shows where"
              .formatted(e.getClass().getSimpleName(), e.getMessage());
    };
  }

  private static String text(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  /** A line under the program's name. */
  public void line(String text) {
    print(root.terminal().failurePrefix(), text);
  }

  private void print(String prefix, String text) {
    root.aboveProgress(() -> err.println(prefix + text.replaceAll("\\p{Cntrl}+", " ")));
    err.flush();
  }
}
