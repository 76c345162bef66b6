package dev.ppe.client.terminal;

import java.util.Map;
import java.util.Set;

/**
 * Where output goes to people at once. The start script tells which of the streams are terminals:
 * Java cannot tell for each of them.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param colour whether colours are welcome on those
 * @param rewrites whether a line can be written over on those
 */
public record Terminal(boolean out, boolean err, boolean colour, boolean rewrites) {
  /** No terminal at all: files, pipes, tests. */
  public static final Terminal NONE = new Terminal(false, false, false, false);

  private static final String PROPERTY = "ppe.terminals";

  /** This process's. */
  public static Terminal ofProcess() {
    return of(System.getProperty(PROPERTY, ""), System.getenv());
  }

  /**
   * What a list of {@code out} and {@code err}, and the environment, tell: {@code NO_COLOR} (see
   * no-color.org) and terminals that are dumb are without colours.
   */
  public static Terminal of(String streams, Map<String, String> environment) {
    Set<String> terminals = Set.of(streams.split(","));
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(terminals.contains("out"), terminals.contains("err"), !plain, !dumb);
  }

  /** The program's name before a failure: in red where that helps to find it. */
  public String failurePrefix() {
    return err && colour ? "\u001b[1;31mppe:\u001b[0m " : "ppe: ";
  }

  /** The program's name before a remark. */
  public String notePrefix() {
    return err && colour ? "\u001b[33mppe:\u001b[0m " : "ppe: ";
  }

  /** Whether a line that changes can be shown on standard error. */
  public boolean showsLines() {
    return err && rewrites;
  }

  /** Whether progress can be shown: to people, and beside answers that go elsewhere. */
  public boolean showsProgress() {
    return showsLines() && !out;
  }
}
