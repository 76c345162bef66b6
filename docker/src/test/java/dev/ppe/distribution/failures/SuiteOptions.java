package dev.ppe.distribution.failures;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is to be tried, and for how long. */
@Command(
    name = ".ci/failures",
    description = "What goes wrong in operation, tried on real servers of the distribution.")
final class SuiteOptions {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration TOGETHER = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Repeat the attacks for so long. Default: each once, for 3 seconds.")
  private Optional<Integer> minutes = Optional.empty();

  @Option(
      names = "--together",
      description =
          "All attacks at the same time, for 20 seconds: all is done in little more than a minute.")
  private boolean together;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      description = "Only scenarios whose name contains this.")
  private String only = "";

  @Option(names = "--seed", paramLabel = "N", description = "Draws what is done. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--settings",
      paramLabel = "NAME",
      description = {
        "What servers are told: production (the defaults, and what the manifests set) or strangers",
        "(as docs/operations.md has it). Without --minutes they also find silent clients within",
        "seconds. Default: ${DEFAULT-VALUE}."
      },
      defaultValue = "PRODUCTION")
  private Settings settings = Settings.PRODUCTION;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Requests a second of the healthy clients. Default: 20.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--distribution",
      paramLabel = "DIR",
      description = "Folder with bin/ppe. Default: ${DEFAULT-VALUE}.",
      defaultValue = "docker/target/ppe")
  private Path distribution = Path.of("");

  static SuiteOptions parse(String... arguments) {
    SuiteOptions options = new SuiteOptions();
    CommandLine commandLine = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      commandLine.parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      System.err.println(e.getMessage());
      commandLine.usage(System.err);
      System.exit(2);
    }
    return options;
  }

  long seed() {
    return seed;
  }

  Path distribution() {
    return distribution;
  }

  /** With times as they are set where there is the time to wait for them. */
  Configuration configuration() {
    return new Configuration(settings, repeats() ? Timeouts.AS_SET : Timeouts.SHORT);
  }

  double rate(double usual) {
    return rate.orElse(usual);
  }

  boolean repeats() {
    return minutes.isPresent();
  }

  String only() {
    return only;
  }

  Duration time() {
    return Duration.ofMinutes(minutes.orElse(0));
  }

  boolean together() {
    return together;
  }

  Duration timeOfAttack() {
    return together && !repeats() ? TOGETHER : timeOfEach();
  }

  /** Until code that is run often is compiled. */
  Duration timeOfWarmUp() {
    return repeats() ? LONG.multipliedBy(3) : SHORT;
  }

  Duration timeOfNormal() {
    return repeats() ? LONG.multipliedBy(2) : timeOfAttack();
  }

  Duration timeOfEach() {
    return repeats() ? LONG : SHORT;
  }

  List<Scenario> chosen(List<Scenario> scenarios) {
    return scenarios.stream().filter(scenario -> scenario.name().contains(only)).toList();
  }
}
