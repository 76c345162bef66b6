package dev.ppe.nas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.QualityDefinition;
import dev.ppe.nas.study.StudyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ppe nas} from its arguments to what it prints. */
class NasCommandTest {
  @TempDir private Path folder;

  private String study() {
    return folder.resolve("study.db").toString();
  }

  private Nas search(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "search",
                "--space",
                "nasbench201",
                "--objective",
                "quality, latency<=3ms",
                "--quality",
                "proxy",
                "--fidelity",
                "analytical",
                "-a",
                "tensor-g1",
                "--study",
                study()));
    arguments.addAll(List.of(more));
    return Nas.run(arguments.toArray(String[]::new));
  }

  @Test
  void aSearchPrintsTheBestAndIsShownAgain() {
    Nas searched = search("--trials", "30");
    assertThat(searched.err()).isEmpty();
    assertThat(searched.exitCode()).isZero();
    assertThat(searched.out())
        .contains("nasbench201 on tensor-g1, analytical level, simulator")
        .contains("evolution in batches of 8, seed 1")
        .contains("capacity proxy (size of the network, not its accuracy)")
        .contains("30 of 30: 0 failed");
    assertThat(Nas.run("show", study())).isEqualTo(searched);
  }

  @Test
  void theSameCommandAgainGoesOn() {
    search("--trials", "20");
    Nas more = search("--trials", "40");
    assertThat(more.err()).contains("goes on: 20 of 40 trials are recorded");
    assertThat(more.out()).contains("40 of 40");
    String extended = Nas.run("show", study(), "--all", "--format", "csv").out();

    Nas resumed = Nas.run("resume", study(), "--trials", "50");
    assertThat(resumed.exitCode()).isZero();
    assertThat(Nas.run("show", study(), "--all", "--format", "csv").out()).startsWith(extended);
  }

  @Test
  void anotherSearchInTheSameFileIsRefused() {
    search("--trials", "20");
    Nas clash = search("--trials", "20", "--seed", "2");
    assertThat(clash.exitCode()).isEqualTo(2);
    assertThat(clash.err())
        .isEqualTo(
            "ppe: %s holds another study: seed is 2 here and 1 there; resume it, or give another file%n"
                .formatted(study()));
    Nas fewer = search("--trials", "10");
    assertThat(fewer.exitCode()).isEqualTo(2);
    assertThat(fewer.err()).contains("--trials is 10, must be as many or more");
  }

  @Test
  void csvHasALineATrialAndAColumnAParameter() {
    search("--trials", "20");
    List<String> lines =
        Nas.run("show", study(), "--all", "--format", "csv").out().lines().toList();
    assertThat(lines).hasSize(21);
    assertThat(lines.getFirst())
        .isEqualTo(
            "trial,state,repeat_of,score,violation,latency_us,energy_uj,memory_bytes,model_size_bytes,"
                + "macs,parameters,quality,failure,edge01,edge02,edge12,edge03,edge13,edge23");
    assertThat(lines.get(1)).startsWith("0,evaluated,,");
  }

  @Test
  void oneTrialIsShownWithItsChoices() {
    search("--trials", "20");
    Nas one = Nas.run("show", study(), "--trial", "3");
    assertThat(one.out()).contains("trial 3").contains("latency").contains("edge23  ");
    assertThat(Nas.run("show", study(), "--trial", "3", "-f", "json").out())
        .startsWith("{\"trial\":3,\"state\":\"evaluated\",\"scores\":[")
        .contains("\"point\":{\"edge01\":")
        .hasLineCount(1);
    Nas none = Nas.run("show", study(), "--trial", "20000");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("there is no trial 20000");
  }

  @Test
  void aFrontIsShownOfSeveralGoals() {
    Nas searched =
        Nas.run(
            "search",
            "--space=nasbench201",
            "--objective=latency, quality",
            "--quality=proxy",
            "--fidelity=analytical",
            "--trials=40",
            "--study",
            study());
    assertThat(searched.out()).contains("nsga2").contains("Pareto front of latency, quality");
    assertThat(Nas.run("show", study(), "--pareto").out()).isEqualTo(searched.out());
    Nas best = Nas.run("show", study(), "--best", "3");
    assertThat(best.exitCode()).isEqualTo(2);
    assertThat(best.err()).contains("--best: there are 2 goals");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--space=nasbench-201|there is no space \"nasbench-201\"; did you mean nasbench201?",
        "--space=no/such.yaml|no/such.yaml: no such file",
        "--backend=evolutoin|there is no back-end \"evolutoin\"; did you mean evolution?",
        "--objective=quality, latencie<=3ms|there is no metric \"latencie\"",
        "--setting=popluation=3|evolution has no setting popluation",
        "--batch=0|a batch has 0 points",
        "--quality=rumour|must be proxy, csv:FILE or command:COMMAND",
        "--quality=csv:none.csv|--quality: none.csv: no such file",
        "--quality=command:no-such-program-1|there is no program \"no-such-program-1\"",
        "--quality-timeout=3s|are for --quality command",
        "--workers=0|--workers is 0, must be 1 to 1000",
        "--accelerator=tensor-g0|tensor-g0",
        "--trials=0|--trials is 0",
        "--backend=vizier|vizier suggests points on a server, and none is given: --vizier HOST:PORT",
        "--vizier=host:9|--vizier and its options are for --backend vizier",
      })
  void mistakesAreSaidInALine(String argument, String message) {
    List<String> arguments = new ArrayList<>(List.of("search"));
    List<String> usual =
        List.of(
            "--space=nasbench201",
            "--objective=quality, latency<=3ms",
            "--quality=proxy",
            "--fidelity=analytical",
            "--trials=8",
            "--study=" + study());
    String option = argument.substring(0, argument.indexOf('='));
    usual.stream().filter(each -> !each.startsWith(option + "=")).forEach(arguments::add);
    arguments.add(argument);
    Nas nas = Nas.run(arguments.toArray(String[]::new));
    assertThat(nas.err()).startsWith("ppe: ").contains(message).hasLineCount(1);
    assertThat(nas.exitCode()).isEqualTo(2);
    assertThat(nas.out()).isEmpty();
    assertThat(Path.of(study() + "-lock")).doesNotExist();
  }

  @Test
  void anObjectiveOnTheQualityNeedsASourceOfIt() {
    Nas nas = Nas.run("search", "--space=nasbench201", "--objective=quality", "--trials=8");
    assertThat(nas.exitCode()).isEqualTo(2);
    assertThat(nas.err()).contains("the objective reads the quality: --quality says where");
  }

  @Test
  void theQualityOfACommandIsWhatItPrintsLast() throws Exception {
    Path script = folder.resolve("quality.sh");
    Files.writeString(
        script,
        """
        case $PPE_TRIAL in 3) echo rubbish;; 5) exit 9;; *) echo noise; echo "0.$PPE_TRIAL";; esac
        """);
    Nas nas =
        Nas.run(
            "search",
            "--space=nasbench201",
            "--objective=quality",
            "--quality=command:sh '" + script + "'",
            "--quality-parallel=2",
            "--backend=random",
            "--fidelity=analytical",
            "--trials=10",
            "--study",
            study());
    assertThat(nas.err()).isEmpty();
    assertThat(nas.out()).contains("10 of 10: 2 failed").contains("/sh " + script);
    assertThat(Nas.run("show", study(), "--trial=3").out()).contains("printed \"rubbish\"");
    assertThat(Nas.run("show", study(), "--trial=5").out()).contains("ended with code 9");
    assertThat(Nas.run("show", study(), "--trial=7").out()).contains("score 0.70000");
  }

  @Test
  void aSearchOfWhichAllFailedSaysWhy() throws Exception {
    Path script = folder.resolve("quality.sh");
    Files.writeString(script, "echo rubbish\n");
    Nas nas =
        Nas.run(
            "search",
            "--space=nasbench201",
            "--objective=quality",
            "--quality=command:sh '" + script + "'",
            "--fidelity=analytical",
            "--trials=3",
            "--study",
            study());
    assertThat(nas.exitCode()).isZero();
    assertThat(nas.err())
        .startsWith("ppe: all 3 trials failed: 3 x ")
        .contains("printed \"rubbish\"")
        .hasLineCount(1);
    assertThat(nas.out()).contains("3 failed: 3 x ").contains("printed \"rubbish\"");
  }

  /** A program of its own, with other options than before. */
  private Nas searchWithProgram(Path program, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "search",
                "--space=nasbench201",
                "--objective=quality",
                "--quality=command:" + program,
                "--backend=random",
                "--fidelity=analytical",
                "--study",
                study()));
    arguments.addAll(List.of(more));
    return Nas.run(arguments.toArray(String[]::new));
  }

  private Path program() throws IOException {
    Path program = folder.resolve("quality");
    Files.writeString(program, "#!/bin/sh\necho 0.5\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  @Test
  void aQualityProgramThatIsGoneIsSaidBeforeResuming() throws Exception {
    Path program = program();
    assertThat(searchWithProgram(program, "--trials=4").out()).contains("4 of 4: 0 failed");
    Files.delete(program);
    Nas resumed = Nas.run("resume", study(), "--trials=8");
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err())
        .isEqualTo(
            "ppe: the quality command: there is no program \"%s\" that may be run%n"
                .formatted(program));
    program();
    assertThat(Nas.run("resume", study(), "--trials=8").out()).contains("8 of 8: 0 failed");
  }

  @Test
  void howLongAndHowManyQualityCommandsRunMayChange() throws Exception {
    Path program = program();
    searchWithProgram(program, "--trials=4", "--quality-timeout=1m");
    Nas more =
        searchWithProgram(program, "--trials=8", "--quality-timeout=2m", "--quality-parallel=3");
    assertThat(more.exitCode()).isZero();
    assertThat(more.out()).contains("8 of 8: 0 failed");
    assertThat(StudyFile.read(Path.of(study())).definition().quality())
        .isEqualTo(
            new QualityDefinition.Command(
                List.of(program.toString()), Duration.ofMinutes(2), 0, 3));
    Nas other = searchWithProgram(program, "--trials=8", "--quality-retries=2");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("with 2 further attempts here and command [" + program);
  }

  @Test
  void aStudyThatIsNoneFailsWithoutTouchingIt() throws Exception {
    Files.writeString(Path.of(study()), "trial,latency\n".repeat(1000));
    for (Nas nas :
        List.of(Nas.run("show", study()), Nas.run("resume", study()), search("--trials", "10"))) {
      assertThat(nas.exitCode()).isEqualTo(1);
      assertThat(nas.err()).isEqualTo("ppe: %s: is no study file%n".formatted(study()));
    }
    assertThat(Files.readString(Path.of(study()))).isEqualTo("trial,latency\n".repeat(1000));
  }

  @Test
  void spacesAreListedAndShown() {
    Nas all = Nas.run("spaces");
    assertThat(all.exitCode()).isZero();
    assertThat(all.out()).contains(Spaces.NAMES).contains("15625");
    Nas one = Nas.run("spaces", "nasbench201");
    assertThat(one.out()).contains("edge23").contains("nor_conv_3x3");
    assertThat(Nas.run("spaces", "nasbench201", "--yaml").out())
        .isEqualTo(Spaces.text("nasbench201"));
    assertThat(Nas.run("spaces", "nasbench").err()).contains("did you mean nasbench201?");
  }

  @Test
  void theGroupExplainsItself() {
    Nas nas = Nas.run();
    assertThat(nas.exitCode()).isEqualTo(2);
    assertThat(nas.err()).contains("search").contains("resume").contains("show").contains("spaces");
    Nas wrong = Nas.run("serach");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("search");
  }
}
