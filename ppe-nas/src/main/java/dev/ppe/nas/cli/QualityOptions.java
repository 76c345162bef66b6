package dev.ppe.nas.cli;

import dev.ppe.client.cli.BoundedFile;
import dev.ppe.client.cli.Durations;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.nas.study.QualityDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where the qualities of candidates come from. */
final class QualityOptions {
  private static final int MAX_TABLE_BYTES = 256 << 20;
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"']+)");

  @Option(
      names = "--quality",
      paramLabel = "SOURCE",
      description = {
        "proxy: the size of the network, to try things out; no accuracy.",
        "csv:FILE: a table with a column for each parameter, and one called quality.",
        "command:COMMAND: run for each candidate with two more arguments, a .tflite file",
        "and a .json file of the parameters; the last line that it prints is the quality.",
        "Relative arguments are relative to the folder that a search is run or resumed in."
      })
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--quality-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "A command is killed after so long: 90s, 30m. Default: 60m.")
  private Optional<Duration> timeout = Optional.empty();

  @Option(
      names = "--quality-retries",
      paramLabel = "N",
      description = "Further attempts of a command that failed. Default: 0.")
  private Optional<Integer> retries = Optional.empty();

  @Option(
      names = "--quality-parallel",
      paramLabel = "N",
      description = "Commands at a time. Default: 1.")
  private Optional<Integer> parallel = Optional.empty();

  /**
   * What was asked for.
   *
   * @param needed whether the objective reads the quality
   * @throws UsageException if that does not fit together, or there is no such file or program
   */
  QualityDefinition definition(boolean needed) {
    String text = source.orElse("");
    boolean command = text.startsWith("command:");
    if (!command && (timeout.isPresent() || retries.isPresent() || parallel.isPresent())) {
      throw new UsageException(
          "--quality-timeout, --quality-retries and --quality-parallel are for --quality command:...");
    }
    if (source.isEmpty()) {
      if (needed) {
        throw new UsageException(
            "the objective reads the quality: --quality says where it comes from (proxy, csv:FILE or"
                + " command:COMMAND)");
      }
      return new QualityDefinition.None();
    }
    if (text.equals("proxy")) {
      return new QualityDefinition.Proxy();
    }
    if (text.startsWith("csv:")) {
      return table(text.substring("csv:".length()));
    }
    if (command) {
      return command(text.substring("command:".length()));
    }
    throw new UsageException(
        "--quality is \"%s\", must be proxy, csv:FILE or command:COMMAND".formatted(text));
  }

  private static QualityDefinition table(String file) {
    try {
      byte[] bytes = BoundedFile.read(file, MAX_TABLE_BYTES);
      String name = String.valueOf(Path.of(file).getFileName());
      return new QualityDefinition.Table(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (UnreadableException e) {
      throw new UsageException("--quality: %s: %s".formatted(file, e.getMessage()));
    }
  }

  private QualityDefinition command(String line) {
    List<String> words = Programs.found(words(line));
    int times = retries.orElse(0);
    int atATime = parallel.orElse(1);
    if (times < 0 || times > 100 || atATime < 1 || atATime > 1_000) {
      throw new UsageException(
          "--quality-retries is %d and --quality-parallel %d, must be 0 to 100 and 1 to 1000"
              .formatted(times, atATime));
    }
    return new QualityDefinition.Command(
        words, timeout.orElse(Duration.ofHours(1)), times, atATime);
  }

  /** Words apart by spaces, with quotes around those that have some. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    int end = 0;
    while (matcher.find()) {
      if (!line.substring(end, matcher.start()).isBlank()) {
        break;
      }
      end = matcher.end();
      for (int group = 1; group <= matcher.groupCount(); group++) {
        Optional.ofNullable(matcher.group(group)).ifPresent(words::add);
      }
    }
    if (!line.substring(end).isBlank()) {
      throw new UsageException("--quality: a quote is open in: " + line);
    }
    return words;
  }
}
