package dev.ppe.simulator.validation.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.simulator.validation.Validation;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.fit.FitOutcome.Constant;
import dev.ppe.simulator.validation.fit.FitOutcome.Part;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Presets hold what a documented fit to all rows gives, and not something near it. */
class FitsTest {
  private static final Path MODELS = Path.of("..", "..", "shared", "models");
  private static final FittedConstant OVERHEAD =
      FittedConstant.of("invocation.overhead_ns", "coral-pcie");
  private static final ConstantFit CACHED_STACKS =
      new ConstantFit("cached", List.of(FitRows.of("coral-dense", "cached")), List.of(OVERHEAD));

  static List<ConstantFit> everyFit() {
    return Fits.all();
  }

  @ParameterizedTest
  @MethodSource("everyFit")
  void presetsHoldWhatTheRowsGive(ConstantFit fit) {
    if (fit.rows().getFirst().table().startsWith("compiler-")) {
      assumeThat(MODELS).as("the shared models lie beside the checkout").exists();
    }
    Subjects subjects = new Subjects(Optional.of(MODELS).filter(Files::isDirectory));

    FitOutcome outcome = Validation.fits(List.of(fit), Datasets.builtIn(), subjects).getFirst();

    assertThat(outcome.constants())
        .allSatisfy(
            constant ->
                assertThat(constant.agrees())
                    .as("%s: the rows give %s", constant, constant.fitted())
                    .isTrue());
  }

  /** Measurements 0.1 ms above all predictions are 100,000 ns more of every invocation. */
  @Test
  void aConstantIsFoundWhereItIsAllThatIsMissing() {
    Datasets cached = dense(10);
    TableReport predicted =
        Validation.run(
                List.of(Tables.find("coral-dense").orElseThrow()),
                cached,
                new Subjects(Optional.empty()),
                report -> {})
            .tables()
            .getFirst();
    List<Row> measured = new ArrayList<>();
    for (RowReport row : predicted.rows()) {
      Map<String, String> fields = new HashMap<>(row.row().fields());
      double ms = row.cells().getFirst().orElseThrow().pair().predicted() + 0.1;
      fields.put("latency_ms", Double.toString(ms));
      measured.add(new Row("test.csv", row.row().line(), fields));
    }

    FitOutcome outcome = fit(new Datasets(Map.of(Dataset.CORAL_DENSE, measured), List.of()));

    Constant overhead = outcome.constants().getFirst();
    assertThat(overhead.fitted()).isCloseTo(overhead.inUse() + 100_000.0, within(100.0));
    assertThat(overhead.agrees()).isFalse();
    Part part = outcome.parts().getFirst();
    assertThat(part.fitted().meanError().orElseThrow()).isLessThan(1e-3);
    assertThat(part.leftOut().meanError().orElseThrow()).isLessThan(1e-3);
    assertThat(part.inUse().meanError().orElseThrow()).isGreaterThan(0.1);
  }

  @Test
  void rowsOfOneNetworkAreLeftOutTogether() {
    List<Row> rows = new ArrayList<>(dense(6).of(Dataset.CORAL_DENSE));
    for (int i = 0; i < 6; i++) { // each once more, a hundred times as long
      Map<String, String> fields = new HashMap<>(rows.get(i).fields());
      fields.merge("latency_ms", "100", (ms, times) -> "" + 100 * Double.parseDouble(ms));
      rows.add(new Row("test.csv", 100 + i, fields));
    }

    FitOutcome outcome = fit(new Datasets(Map.of(Dataset.CORAL_DENSE, rows), List.of()));

    assertThat(outcome.networks()).isEqualTo(6);
    assertThat(outcome.parts().getFirst().leftOut().pairs()).hasSize(12);
  }

  @Test
  void tooFewNetworksGiveNoFit() {
    assertThat(Validation.fits(List.of(CACHED_STACKS), dense(2), new Subjects(Optional.empty())))
        .isEmpty();
  }

  @Test
  void aConstantOfSeveralPresetsIsOne() {
    FittedConstant different =
        FittedConstant.of("invocation.overhead_ns", "coral-pcie", "coral-usb");

    assertThatThrownBy(different::value).hasMessageContaining("is not the same in");
    assertThatThrownBy(() -> FittedConstant.of("no.such", "coral-usb").value())
        .hasMessage("coral-usb has no whole number no.such");
  }

  private static FitOutcome fit(Datasets data) {
    return Validation.fits(List.of(CACHED_STACKS), data, new Subjects(Optional.empty())).getFirst();
  }

  /** The first stacks whose parameters are cached, of as many widths. */
  private static Datasets dense(int rows) {
    return new Datasets(
        Map.of(
            Dataset.CORAL_DENSE,
            Datasets.builtIn().of(Dataset.CORAL_DENSE).stream()
                .filter(row -> row.number("offchip_params_mib") == 0)
                .limit(rows)
                .toList()),
        List.of());
  }
}
