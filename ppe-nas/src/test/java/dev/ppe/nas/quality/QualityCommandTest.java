package dev.ppe.nas.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.simulator.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // the commands are shell scripts
class QualityCommandTest {
  private static final Point POINT =
      SearchSpace.builder()
          .add(Parameter.discrete("width", 0.75))
          .build()
          .sample(new SplittableRandom(1));

  @TempDir private Path folder;

  private static Candidate candidate(long trial) {
    return new Candidate(trial, POINT, Zoo.find("nasbench201/1462").orElseThrow().graph());
  }

  private Quality run(String script, Duration timeout, int retries) throws InterruptedException {
    return command(script, timeout, retries, 1).of(candidate(7));
  }

  private QualityCommand command(String script, Duration timeout, int retries, int parallelism) {
    return new QualityCommand(
        new CommandSettings(
            List.of("/bin/sh", "-c", script, "quality"), timeout, retries, parallelism, folder));
  }

  private static final Duration LONG = Duration.ofMinutes(2);

  private static void assertUnknown(Quality quality, String message) {
    assertThat(quality)
        .isInstanceOfSatisfying(
            Quality.Unknown.class, unknown -> assertThat(unknown.reason()).contains(message));
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void theLastLineThatIsPrintedIsTheQuality() throws Exception {
    assertThat(run("echo training; echo ' 0.75 '; echo", LONG, 0))
        .isEqualTo(new Quality.Known(0.75));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void theCommandGetsTheModelTheParametersAndTheTrial() throws Exception {
    String script =
        "grep -q '\"width\": \"0.75\"' \"$2\" && test \"$PPE_TRIAL\" = 7"
            + " && head -c 8 \"$1\" | tail -c 4 | grep -q TFL3 && echo 1";
    assertThat(run(script, LONG, 0)).isEqualTo(new Quality.Known(1));
  }

  @Test
  void aCommandThatHangsIsKilledWithItsChildren() throws Exception {
    Path pid = folder.resolve("pid");
    assertUnknown(
        run("sleep 600 & echo $! > %s; wait".formatted(pid), Duration.ofSeconds(3), 0),
        "took more than PT3S and was killed");
    long child = Long.parseLong(Files.readString(pid).strip());
    // The system takes a moment to bury it.
    for (int i = 0;
        i < 600 && ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent();
        i++) {
      Thread.sleep(100);
    }
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void rubbishIsQuoted() throws Exception {
    assertUnknown(run("echo 0.5; echo good", LONG, 0), "printed \"good\", must print a number");
    assertUnknown(run("true", LONG, 0), "printed \"\", must print a number last");
    assertUnknown(run("echo NaN", LONG, 0), "printed \"NaN\"");
  }

  @Test
  void floodsAreReadToTheirEnd() throws Exception {
    String flood = "head -c 3000000 /dev/zero | tr '\\0' 'x'";
    assertThat(run(flood + "; " + flood + " >&2; echo; echo 0.25", LONG, 0))
        .isEqualTo(new Quality.Known(0.25));
  }

  @Test
  void aCommandThatDiesIsQuotedFromItsErrors() throws Exception {
    assertUnknown(
        run("echo 0.5; echo first >&2; echo 'out of memory' >&2; exit 3", LONG, 0),
        "ended with code 3: out of memory");
    assertUnknown(run("kill -9 $$", LONG, 0), "ended with code 137");
  }

  @Test
  void aCommandThatFailsIsTriedAgainAsOftenAsAsked() throws Exception {
    Path attempts = folder.resolve("attempts");
    String third = "echo x >> %1$s; test $(wc -l < %1$s) -ge 3 && echo 0.5".formatted(attempts);
    assertThat(run(third, LONG, 2)).isEqualTo(new Quality.Known(0.5));
    Files.delete(attempts);
    assertUnknown(run(third, LONG, 1), "ended with code 1");
  }

  @Test
  void aCommandThatCannotBeStartedSaysNothingOfTheCandidate() throws Exception {
    QualityCommand command =
        new QualityCommand(new CommandSettings(List.of("/no/such/program"), LONG, 0, 1, folder));
    assertThatThrownBy(() -> command.of(candidate(0)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("the quality command cannot be run: ")
        .hasMessageContaining("/no/such/program");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void filesThatCannotBeWrittenSayNothingOfTheCandidate() {
    Path gone = folder.resolve("gone");
    QualityCommand command =
        new QualityCommand(new CommandSettings(List.of("/bin/true"), LONG, 3, 1, gone));
    assertThatThrownBy(() -> command.of(candidate(0)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("the quality command cannot be run: no such file: " + gone);
  }

  @Test
  void fastCommandsAreReadToTheirEndEveryTime() throws Exception {
    // Ended before anyone reads, with more than a pipe holds; the number comes last.
    String script =
        "i=0; while test $i -lt 2000; do echo line $i of a long log of a training; i=$((i+1)); done;"
            + " echo 0.$PPE_TRIAL";
    QualityCommand flood = command(script, LONG, 0, 1);
    QualityCommand small = command("echo 0.$PPE_TRIAL", LONG, 0, 1);
    for (int trial = 0; trial < 40; trial++) {
      Quality expected = new Quality.Known(Double.parseDouble("0." + trial));
      assertThat(small.of(candidate(trial))).isEqualTo(expected);
      assertThat(flood.of(candidate(trial))).isEqualTo(expected);
    }
  }

  @Test
  void noMoreRunAtATimeThanAllowed() throws Exception {
    Path running = folder.resolve("running");
    Files.createDirectory(running);
    // Each says how many it sees, itself included.
    String script = "touch %1$s/$PPE_TRIAL; ls %1$s | wc -l; rm %1$s/$PPE_TRIAL".formatted(running);
    QualityCommand command = command(script, LONG, 0, 2);
    List<Callable<Quality>> calls =
        IntStream.range(0, 12)
            .<Callable<Quality>>mapToObj(trial -> () -> command.of(candidate(trial)))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Quality> result : threads.invokeAll(calls)) {
        assertThat(result.get())
            .isInstanceOfSatisfying(
                Quality.Known.class, known -> assertThat(known.value()).isBetween(1.0, 2.0));
      }
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new CommandSettings(List.of(), LONG, 0, 1, folder))
        .hasMessage("the quality command is empty");
    assertThatThrownBy(() -> command("true", Duration.ZERO, 0, 1)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> command("true", LONG, -1, 0)).hasMessageContaining("-1");
  }
}
