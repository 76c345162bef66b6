package dev.ppe.nas.cli;

import dev.ppe.client.cli.CommandLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of {@code ppe nas}.
 *
 * @param out standard output
 * @param err standard error
 */
record Nas(int exitCode, String out, String err) {
  static Nas run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("nas"));
    all.addAll(List.of(arguments));
    int exitCode = CommandLines.run(all, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Nas(exitCode, out.toString(), err.toString());
  }
}
