package dev.ppe.nas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.study.StudyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ppe nas cost-model} and searches on its models, from arguments to what they print. */
class CostModelCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void space() throws Exception {
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        name: tiny
        description: three blocks
        image: 32
        body:
          - {parameter: width, one_of: [16, 32, 48]}
          - {layer: conv, name: stem, kernel: 3, stride: 2, channels: width, activation: relu}
          - repeat: b
            times: 3
            body:
              - {parameter: kind, one_of: [skip, depthwise, fused]}
              - {parameter: kernel, one_of: [3, 5], when: "kind != 'skip'"}
              - {layer: bottleneck, when: "kind != 'skip'", kind: kind, kernel: kernel,
                 expansion: 4, channels: width}
          - {layer: global_pool}
          - {layer: dense, units: 10}
        """);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Runs a command with usual options, but for those that are given. */
  private static Nas run(List<String> command, List<String> usual, String... given) {
    List<String> names = Stream.of(given).map(each -> each.replaceAll("=.*", "")).toList();
    List<String> arguments = new ArrayList<>(command);
    usual.stream()
        .filter(each -> !names.contains(each.replaceAll("=.*", "")))
        .forEach(arguments::add);
    arguments.addAll(List.of(given));
    return Nas.run(arguments.toArray(String[]::new));
  }

  private List<String> sampling() {
    return List.of(
        "--space=" + file("tiny.yaml"), "--accelerator=tensor-g1", "--fidelity=analytical");
  }

  private Nas train(String... given) {
    List<String> usual = new ArrayList<>(sampling());
    usual.addAll(List.of("--samples=40", "--kind=table", "--output=" + file("costs.json")));
    return run(List.of("cost-model", "train"), usual, given);
  }

  private Nas search(String... given) {
    List<String> usual = new ArrayList<>(sampling());
    usual.add("--quality=proxy");
    usual.add("--objective=quality, latency<=150us");
    usual.add("--trials=30");
    usual.add("--cost-model=" + file("costs.json"));
    return run(List.of("search"), usual, given);
  }

  @Test
  void aModelIsTrainedCheckedAndWritten() throws Exception {
    Nas trained = train("--data=" + file("samples.db"));
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.out())
        .contains("checked with 10 samples held out", "latency", "energy", "table", "Spearman");
    assertThat(Files.readString(folder.resolve("costs.json")))
        .startsWith("{\"format\":\"ppe-cost-model\",\"version\":1,\"space\":\"tiny\"");
  }

  @Test
  void theSameCommandAgainAsksForNoSampleTwiceAndWritesTheSame() throws Exception {
    train("--data=" + file("samples.db"));
    String first = Files.readString(folder.resolve("costs.json"));
    Nas again = train("--data=" + file("samples.db"));
    assertThat(again.err()).contains("goes on: 50 of 50 trials are recorded");
    assertThat(Files.readString(folder.resolve("costs.json"))).isEqualTo(first);
    Nas other = train("--data=" + file("samples.db"), "--seed=2");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("samples.db holds other samples: seed is 2 here and 1 there; give another file");
    Nas more = train("--data=" + file("samples.db"), "--samples=60");
    assertThat(more.exitCode()).isZero();
    assertThat(StudyFile.read(folder.resolve("samples.db")).done()).hasSize(75);
  }

  @Test
  void accuracyIsPrintedAgainstTheNumberOfSamples() {
    Nas curve =
        run(
            List.of("cost-model", "evaluate"),
            sampling(),
            "--sizes=20,60",
            "--metric=latency",
            "--format=csv");
    assertThat(curve.exitCode()).isZero();
    assertThat(curve.err()).contains("latency by boosted", "us a prediction").hasLineCount(3);
    List<String> lines = curve.out().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo(
            "metric,model,samples,held_out,rmse,mape,r2,spearman,kendall,within_5_percent,"
                + "within_10_percent");
    assertThat(lines.stream().skip(1).map(line -> line.replaceAll("(,[^,]*){7}$", "")))
        .containsExactly(
            "latency,table,20,15",
            "latency,table,60,15",
            "latency,linear,20,15",
            "latency,linear,60,15",
            "latency,boosted,20,15",
            "latency,boosted,60,15");
  }

  @Test
  void sizesAreCheckedUnderTheirOwnName() {
    Nas small = run(List.of("cost-model", "evaluate"), sampling(), "--sizes=5,60");
    assertThat(small.exitCode()).isEqualTo(2);
    assertThat(small.err()).contains("--sizes is 5, must be 20 to 1000000").hasLineCount(1);
  }

  @Test
  void whatIsReadIsNotReplaced() throws Exception {
    Nas overSpace = train("--output=" + file("tiny.yaml"));
    assertThat(overSpace.exitCode()).isEqualTo(2);
    assertThat(overSpace.err()).contains("--output is ", "give another file").hasLineCount(1);
    assertThat(train("--data=" + file("new.db"), "--output=" + file("new.db")).exitCode())
        .isEqualTo(2);
    assertThat(folder.resolve("new.db")).doesNotExist();
    Files.writeString(folder.resolve("costs.json"), "{}");
    for (String option : List.of("--json=", "--onnx=")) {
      Nas exported =
          Nas.run("cost-model", "export", file("costs.json"), option + file("./costs.json"));
      assertThat(exported.exitCode()).isEqualTo(2);
      assertThat(exported.err()).contains("costs.json, which is read as well").hasLineCount(1);
    }
    assertThat(folder.resolve("costs.json")).hasContent("{}");
  }

  @Test
  void whereNothingCanBeWrittenIsSaidBeforeSamplesAreDrawn() {
    Nas trained = train("--data=" + file("new.db"), "--output=" + file("no/such.json"));
    assertThat(trained.exitCode()).isEqualTo(1);
    assertThat(trained.err()).contains("no such folder").hasLineCount(1);
    assertThat(folder.resolve("new.db")).doesNotExist();
  }

  @Test
  void aModelIsExported() throws Exception {
    train();
    Nas exported =
        Nas.run(
            "cost-model",
            "export",
            file("costs.json"),
            "--metric=energy",
            "--onnx=" + file("costs.onnx"),
            "--json=" + file("energy.json"));
    assertThat(exported.err()).isEmpty();
    assertThat(Files.size(folder.resolve("costs.onnx"))).isPositive();
    assertThat(Files.readString(folder.resolve("energy.json")))
        .contains("\"metric\":\"energy\"")
        .doesNotContain("\"metric\":\"latency\"");
    assertThat(
            Nas.run("cost-model", "export", file("energy.json"), "--metric=latency", "--json=x")
                .err())
        .contains("energy.json does not predict \"latency\", only energy");
    assertThat(Nas.run("cost-model", "export", file("energy.json")).err())
        .contains("nothing to write: give --onnx FILE.onnx or --json FILE.json");
  }

  @Test
  void aSearchOnAModelShowsPredictedAndReCostedFigures() throws Exception {
    train();
    Nas searched = search("--study=" + file("study.db"));
    assertThat(searched.err()).isEmpty();
    assertThat(searched.out())
        .contains("costs      model", "latency by table of 40 samples")
        .contains("re-costed latency", "re-costed energy");
    assertThat(Nas.run("show", file("study.db"))).isEqualTo(searched);
    String csv = Nas.run("show", file("study.db"), "-f", "csv").out();
    assertThat(csv)
        .contains(
            ",failure,recosted_latency_us,recosted_energy_uj,recosted_memory_bytes,recosted_failure,");
    List<String> best = List.of(csv.lines().toList().get(1).split(",", -1));
    assertThat(Double.parseDouble(best.get(13))).isPositive();
    assertThat(Nas.run("show", file("study.db"), "-f", "json").out().lines().findFirst())
        .hasValueSatisfying(
            line -> assertThat(line).contains("\"recosted\":{\"simulator\":\"", "\"latency_us\":"));
    String number = best.getFirst();
    assertThat(Nas.run("show", file("study.db"), "--trial", number).out()).contains("re-costed");
    Nas.run(
        "export", file("study.db"), "--select=ids=" + number, "--format=json", "-o", file("best"));
    assertThat(Files.readString(folder.resolve("best/manifest.json")).replaceAll("\\s", ""))
        .contains("\"costs\":{\"source\":\"model\",\"model\":\"costs.json\",\"sha256\":\"")
        .contains("\"kinds\":{\"latency\":\"table\",\"energy\":\"table\"}")
        .contains("\"recosted\":{\"simulator\":");
    Nas ordinary = search("--study=" + file("study.db"), "--trials=40");
    assertThat(ordinary.exitCode()).isZero();
  }

  @Test
  void aModelOfSomethingElseIsSaidBeforeTheSearch() {
    train();
    assertThat(search("--fidelity=cycle").err())
        .contains("it was trained for the fidelity analytical, not cycle");
    assertThat(search("--accelerator=edgetpu-v2").err())
        .contains("it was trained for the accelerator tensor-g1, not edgetpu-v2");
    assertThat(search("--objective=memory").err()).contains("does not predict memory");
    assertThat(search("--space=nasbench201").err())
        .contains("it was trained for the space tiny, not nasbench201");
    assertThat(search("--cost-model=" + file("tiny.yaml")).err()).contains("tiny.yaml: is no JSON");
    assertThat(search("--cost-model=none.json").err()).contains("none.json: no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--metric=latencie|--metric: there is no metric \"latencie\", only latency, energy, memory",
        "--metric=macs|--metric: macs is counted exactly: it needs no cost model",
        "--samples=3|--samples is 3, must be 20 to 1000000",
        "--kind=cubic|there is no kind of model \"cubic\", only table, linear, boosted",
        "--workers=0|--workers is 0, must be 1 to 1000",
      })
  void mistakesAreSaidInALine(String argument, String message) {
    Nas nas = train(argument);
    assertThat(nas.exitCode()).isEqualTo(2);
    assertThat(nas.err()).startsWith("ppe: ").contains(message).hasLineCount(1);
    assertThat(folder.resolve("costs.json")).doesNotExist();
  }

  @Test
  void aSpaceMostOfWhichAreNoNetworksIsSaid() throws Exception {
    Files.writeString(
        folder.resolve("tiny.yaml"),
        Files.readString(folder.resolve("tiny.yaml")).replace("image: 32", "image: 16000"));
    Nas nas = train();
    assertThat(nas.exitCode()).isEqualTo(2);
    assertThat(nas.err())
        .contains("of 50 points have no costs; the first: no network: ")
        .contains("samples can be learnt from, must be 20 or more: draw more, or look why");
  }
}
