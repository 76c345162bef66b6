package dev.ppe.nas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.SyntheticStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ppe nas report} and {@code export} from their arguments to what they write. */
class ReportCommandTest {
  private static byte[] searched;

  @TempDir private Path folder;
  private String study;

  @BeforeAll
  static void search(@TempDir Path place) throws IOException {
    Path file = place.resolve("study.db");
    SyntheticStudy.create(
        file, Spaces.text("mobilenet-edgetpu-v2"), "quality, latency<=2ms", 60, 100, 3);
    searched = Files.readAllBytes(file);
  }

  @BeforeEach
  void copy() throws IOException {
    Path file = folder.resolve("study.db");
    Files.write(file, searched);
    study = file.toString();
  }

  private String page(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().matches(".*-(wal|shm|lock)")).count();
    }
  }

  @Test
  void theReportIsBesideTheStudyUnlessSaidOtherwise() throws Exception {
    Nas report = Nas.run("report", study, "--candidates", "2");
    assertThat(report.exitCode()).isZero();
    assertThat(report.out()).isEmpty();
    assertThat(report.err()).contains("study.html: 60 trials, 2 of them layer by layer");
    assertThat(page("study.html")).contains("id=\"study\"").doesNotContain(folder.toString());
    Nas.run("report", study, "-o", folder.resolve("other.html").toString(), "--candidates", "0");
    assertThat(page("other.html")).contains("id=\"study\"");
  }

  @Test
  void trialsAndModelsThatAreAskedForAreInIt() throws Exception {
    Nas report =
        Nas.run("report", study, "--candidates", "ids=3,5", "--compare-with", "mobilenet_v2");
    assertThat(report.exitCode()).isZero();
    assertThat(page("study.html"))
        .contains("id=\"trial-3\"", "id=\"trial-5\"", "id=\"model-0\"")
        .doesNotContain("id=\"trial-4\"");
  }

  @Test
  void theSameStudyGivesTheSameFile() throws Exception {
    Nas.run("report", study, "--candidates", "1");
    String first = page("study.html");
    Nas.run("report", study, "--candidates", "1");
    assertThat(page("study.html").equals(first)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--candidates=many | must be a number or ids=3,17",
        "--candidates=501 | must be 500 or fewer",
        "--candidates=ids=3,x | \"x\" is no trial",
        "--candidates=ids=60 | there is no trial 60, only 0 to 59",
        "--compare-with=mobilenet_v22 | did you mean mobilenet_v2",
      })
  void mistakesAreSaidAndNothingIsWritten(String option, String message) throws Exception {
    long before = count();
    Nas report = Nas.run("report", study, option);
    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.err()).contains(message).hasLineCount(1);
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void whereNothingCanBeWrittenIsSaid() {
    Nas missing = Nas.run("report", study, "-o", folder.resolve("no/such.html").toString());
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("no such folder").hasLineCount(1);
    Nas directory = Nas.run("report", study, "-o", folder.toString());
    assertThat(directory.exitCode()).isEqualTo(1);
    assertThat(directory.err()).contains("is a directory");
  }

  @Test
  void theStudyItselfIsNotReplaced() throws Exception {
    Path html = folder.resolve("named.html");
    Files.write(html, searched);
    Files.createSymbolicLink(folder.resolve("link.db"), html);
    for (Nas refused :
        new Nas[] {
          Nas.run("report", study, "-o", folder.resolve("./study.db").toString()),
          Nas.run("report", html.toString()),
          Nas.run("report", folder.resolve("link.db").toString(), "-o", html.toString())
        }) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("which is read as well").hasLineCount(1);
    }
    assertThat(StudyFile.read(html).done()).hasSize(60);
    assertThat(StudyFile.read(Path.of(study)).done()).hasSize(60);
  }

  @Test
  void aDamagedStudyIsSaid() throws Exception {
    Path damaged = folder.resolve("damaged.db");
    byte[] bytes = Files.readAllBytes(Path.of(study));
    for (int i = 4_096; i < bytes.length; i += 7) {
      bytes[i] ^= 0x55;
    }
    Files.write(damaged, bytes);
    for (String command : new String[] {"report", "serve-report"}) {
      Nas refused = Nas.run(command, damaged.toString());
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("damaged.db: ").hasLineCount(1);
    }
    assertThat(folder.resolve("damaged.html")).doesNotExist();
  }

  @Test
  void anExportNamesItsFiles() {
    String target = folder.resolve("two").toString();
    Nas export =
        Nas.run(
            "export", study, "--select", "ids=3,5", "--format", "json,keras", "--output", target);
    assertThat(export.exitCode()).isZero();
    assertThat(export.out().lines())
        .containsExactly(
            target + "/trial-3.json",
            target + "/trial-3.py",
            target + "/trial-5.json",
            target + "/trial-5.py",
            target + "/study.csv",
            target + "/study.jsonl",
            target + "/manifest.json");
    Nas again = Nas.run("export", study, "--select", "best", "--output", target);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("has files already; --force").hasLineCount(1);
    assertThat(
            Nas.run("export", study, "--select", "best", "--output", target, "--force").exitCode())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--select=all | must be pareto, best, best=N or ids=3,17",
        "--select=best=0 | must be pareto, best, best=N or ids=3,17",
        "--select=ids= | \"\" is no trial",
        "--select=ids=99 | there is no trial 99",
        "--select=ids=9999999999 | is no trial",
      })
  void selectionsThatMakeNoSenseAreRefused(String option, String message) {
    Nas export = Nas.run("export", study, option, "-o", folder.resolve("none").toString());
    assertThat(export.exitCode()).isEqualTo(2);
    assertThat(export.err()).contains(message).hasLineCount(1);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void theBestOfSeveralGoalsIsRefused() {
    Path file = folder.resolve("goals.db");
    SyntheticStudy.create(file, Spaces.text("nasbench201"), "quality, latency", 20, 20, 3);
    Nas export =
        Nas.run(
            "export", file.toString(), "--select", "best", "-o", folder.resolve("no").toString());
    assertThat(export.exitCode()).isEqualTo(2);
    assertThat(export.err()).contains("--select pareto takes the front");
  }
}
