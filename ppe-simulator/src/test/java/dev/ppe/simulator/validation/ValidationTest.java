package dev.ppe.simulator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.SummaryLine;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import dev.ppe.simulator.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationTest {
  private static final Subjects SUBJECTS = new Subjects(Optional.empty());

  private static ValidationReport run(String table, Datasets data) {
    return Validation.run(List.of(Tables.find(table).orElseThrow()), data, SUBJECTS, report -> {});
  }

  private static Row row(int line, Map<String, String> fields) {
    return new Row("test.csv", line, fields);
  }

  private static Row pixel6(int line, String model, String type, String ms) {
    return row(
        line, Map.of("model", model, "input_hwc", "224x224x3", "dtype", type, "latency_ms", ms));
  }

  private static Datasets only(Dataset dataset, Row... rows) {
    return new Datasets(Map.of(dataset, List.of(rows)), List.of());
  }

  @Test
  void aRowIsWhatTheEvaluatorSays() {
    Datasets data = only(Dataset.PIXEL6, pixel6(2, "MobileNet v2", "int8", "1.25"));

    TableReport table = run("pixel6", data).tables().getFirst();

    RowReport row = table.rows().getFirst();
    double latencyUs =
        PerformanceEvaluator.evaluate(
                Zoo.find("mobilenet_v2").orElseThrow().graph(),
                Presets.get("tensor-g1"),
                Fidelity.CYCLE,
                Interruption.NEVER)
            .latencyUs();
    assertThat(row.accelerator()).isEqualTo("tensor-g1");
    assertThat(row.origin()).isEqualTo("zoo: mobilenet_v2");
    RowReport.Cell cell = row.cells().getFirst().orElseThrow();
    assertThat(cell.pair().measured()).isEqualTo(1.25);
    assertThat(cell.pair().predicted()).isEqualTo(latencyUs / 1e3);
  }

  @Test
  void rowsThatCannotBeComparedAreNamed() {
    Datasets data =
        only(
            Dataset.PIXEL6,
            pixel6(2, "MobileNet v2", "int8", "1"),
            pixel6(3, "MobileNet v9", "int8", "1"),
            pixel6(4, "MobileNet v2", "bf16", "2"));

    ValidationReport report = run("pixel6", data);

    assertThat(report.tables().getFirst().rows()).hasSize(1);
    assertThat(report.skipped())
        .extracting(SkippedRow::line, SkippedRow::label)
        .containsExactly(tuple(3, "MobileNet v9"), tuple(4, "MobileNet v2"));
    assertThat(report.skipped().getLast().reason()).isEqualTo("no table is about rows of its kind");
  }

  @Test
  void withoutRowsNoTargetIsMet() {
    ValidationReport report = run("pixel6", only(Dataset.PIXEL6));

    assertThat(report.tables().getFirst().summary().getFirst().rows()).isZero();
    assertThat(report.met()).isFalse();
  }

  /** Two coefficients go through two rows, and neither tells of the other alone. */
  @Test
  void theNaiveFitIsMadeOfTheVeryRows() {
    Datasets data =
        only(
            Dataset.PIXEL6,
            pixel6(2, "MobileNet v2", "int8", "1"),
            pixel6(3, "VGG16", "int8", "2"));

    TableReport table = run("pixel6", data).tables().getFirst();

    SummaryLine line = table.summary().getFirst();
    assertThat(line.naive().orElseThrow().fitted().meanError().orElseThrow())
        .isCloseTo(0, within(1e-9));
    assertThat(line.naive().orElseThrow().leftOut().meanError().orElseThrow()).isGreaterThan(0.1);
    assertThat(table.rows().getLast().cells().getFirst().orElseThrow().naive())
        .isCloseTo(2, within(1e-9));
  }

  @Test
  void groupsWithTargetsAreSummedUpByThemselves() {
    Datasets builtIn = Datasets.builtIn();
    List<Row> rows = builtIn.of(Dataset.CORAL_DENSE);
    Datasets data = only(Dataset.CORAL_DENSE, rows.get(0), rows.get(13));

    List<SummaryLine> summary = run("coral-dense", data).tables().getFirst().summary();

    assertThat(summary)
        .extracting(SummaryLine::title)
        .containsExactly("ms", "ms, cached", "ms, streamed", "cached MiB", "streamed MiB");
    assertThat(summary).extracting(SummaryLine::rows).containsExactly(2, 1, 1, 2, 2);
  }

  static List<ValidationTable> everyTable() {
    return Tables.all();
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void everyTableHasWordsAndTargets(ValidationTable table) {
    assertThat(table.description()).isNotBlank();
    assertThat(table.quantities())
        .isNotEmpty()
        .anySatisfy(quantity -> assertThat(quantity.goals()).isNotEmpty());
    assertThat(Tables.find(table.id())).hasValue(table);
  }

  /** As long as there are no such presets the table is left out, and nothing takes their place. */
  @Test
  void systolicRowsWantASystolicPreset() {
    Datasets data = Datasets.builtIn();
    ValidationTable table = Tables.find("systolic").orElseThrow();

    assertThat(data.of(Dataset.SCALE_SIM))
        .extracting(table::preset)
        .containsOnly("systolic-32x32-os", "systolic-64x64-ws");
    ValidationReport report = run("systolic", data);
    boolean exists = Presets.names().stream().anyMatch(name -> name.startsWith("systolic-"));
    assertThat(report.tables()).hasSize(exists ? 1 : 0);
    assertThat(report.leftOut()).hasSize(exists ? 0 : 1);
  }

  @Test
  void compilerRowsTakeTheMachineOfTheirGeneration() {
    ValidationTable table = Tables.find("compiler-memory").orElseThrow();

    assertThat(table.preset(row(2, Map.of("model", "m", "compiler_generation", "early"))))
        .isEqualTo("coral-compiler");
    assertThat(table.preset(row(2, Map.of("model", "m", "compiler_generation", "late"))))
        .isEqualTo("coral-compiler-late");
  }

  @Test
  void everyTableTellsOfItsProgress() {
    List<String> told = new ArrayList<>();
    Datasets data = only(Dataset.PIXEL6, pixel6(2, "MobileNet v2", "int8", "1"));

    Validation.run(Tables.all(), data, SUBJECTS, report -> told.add(report.table().id()));

    assertThat(told).contains("pixel6", "coral-usb", "compiler-cycles");
  }
}
