package dev.ppe.client.cli;

import java.util.Map;
import java.util.Set;

/**
 * Where output goes to people at once. The start script tells which of the streams are terminals:
 * Java cannot tell for each of them.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param colour whether colours are welcome on those
 */
record Terminal(boolean out, boolean err, boolean colour) {
  /** No terminal at all: files, pipes, tests. */
  static final Terminal NONE = new Terminal(false, false, false);

  private static final String PROPERTY = "ppe.terminals";

  /** This process's. */
  static Terminal ofProcess() {
    return of(System.getProperty(PROPERTY, ""), System.getenv());
  }

  /**
   * What a list of {@code out} and {@code err}, and the environment, tell: {@code NO_COLOR} (see
   * no-color.org) and terminals that are dumb are without colours.
   */
  static Terminal of(String streams, Map<String, String> environment) {
    Set<String> terminals = Set.of(streams.split(","));
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(terminals.contains("out"), terminals.contains("err"), !plain);
  }

  /** The program's name before a failure: in red where that helps to find it. */
  String failurePrefix() {
    return err && colour ? "\u001b[1;31mppe:\u001b[0m " : "ppe: ";
  }

  /** The program's name before a remark. */
  String notePrefix() {
    return err && colour ? "\u001b[33mppe:\u001b[0m " : "ppe: ";
  }

  /** Whether progress can be shown: to people, and beside answers that go elsewhere. */
  boolean showsProgress() {
    return err && !out;
  }
}
