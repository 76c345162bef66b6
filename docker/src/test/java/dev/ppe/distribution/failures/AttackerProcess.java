package dev.ppe.distribution.failures;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sieges of the first server by a process of their own with the least priority, as attackers on
 * other machines would take no CPU from the server or from healthy clients; what is left of a core
 * is theirs. Where there are two cores or more the server has one to itself.
 *
 * @param name of the scenario
 * @param sieges names of what is done at the same time; may be none
 * @param patient whether they wait longer than their time for what the server's settings promise
 */
record AttackerProcess(String name, List<String> sieges, boolean patient) implements Scenario {
  AttackerProcess {
    sieges = List.copyOf(sieges);
  }

  @Override
  public List<String> run(List<ServerProcess> servers, Duration time, RandomGenerator random)
      throws IOException, InterruptedException {
    RunningServer server = servers.getFirst().running();
    Cores.apart(server);
    Process process =
        new ProcessBuilder(command(server, time, random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      List<String> faults = new ArrayList<>(lines.lines().toList());
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        faults.add("the attackers' process ended with " + exitCode);
      }
      return faults;
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command(RunningServer server, Duration time, long seed) {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-XX:MaxDirectMemorySize=2g"); // large messages, until a server has refused them
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Sieges.class.getName());
    command.addAll(List.of("" + server.pid(), "" + server.port(), "" + server.adminPort()));
    Configuration configuration = server.configuration();
    command.addAll(List.of(configuration.settings().name(), configuration.timeouts().name()));
    command.addAll(List.of("" + patient, "" + time.toMillis(), "" + seed));
    command.addAll(sieges);
    return command;
  }

  /** All sieges whose name holds a text, at the same time. */
  static AttackerProcess together(String text, boolean patient) {
    return new AttackerProcess("all attacks at once", names(text), patient);
  }

  /** One scenario for each siege whose name holds a text. */
  static List<Scenario> oneByOne(String text) {
    return names(text).stream()
        .<Scenario>map(name -> new AttackerProcess(name, List.of(name), true))
        .toList();
  }

  private static List<String> names(String text) {
    return Sieges.all(true).stream().map(Siege::name).filter(name -> name.contains(text)).toList();
  }
}
