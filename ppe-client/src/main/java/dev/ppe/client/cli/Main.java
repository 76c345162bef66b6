package dev.ppe.client.cli;

import dev.ppe.client.terminal.Terminal;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the program starts: UTF-8 whatever the locale, and an exit code. */
public final class Main {
  private Main() {}

  /** Runs one command and leaves. */
  public static void main(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int exitCode = CommandLines.run(List.of(arguments), out, err, Terminal.ofProcess());
    out.flush();
    err.flush();
    System.exit(exitCode); // not all of gRPC's threads are daemons
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new BufferedWriter(
            new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8)));
  }
}
