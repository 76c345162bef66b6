package dev.ppe.nas.study;

import dev.ppe.client.cli.Main;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ppe nas} in a process of its own. */
public final class NasProcess {
  private NasProcess() {}

  /**
   * Starts it.
   *
   * @param log gets all that it prints, after what is there
   */
  public static Process start(List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts fast
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.add("nas");
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .redirectError(Redirect.appendTo(log.toFile()))
        .start();
  }
}
