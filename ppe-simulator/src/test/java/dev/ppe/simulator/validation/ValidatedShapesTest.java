package dev.ppe.simulator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.LayerBounds;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.hardware.Validated;
import dev.ppe.simulator.report.LayerShape;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What presets say that they were validated with is what the measured rows hold, of the networks
 * that need no file: the section of a preset is derived here, and a failure shows what it must be.
 */
class ValidatedShapesTest {
  private static final Datasets DATA = Datasets.builtIn();
  private static final Subjects SUBJECTS = new Subjects(Optional.empty());

  /** Columns of measured times. */
  private static final List<String> TIMES = List.of("latency_ms", "estimated_cycles");

  static Stream<String> presets() {
    return Presets.names().stream().filter(name -> Presets.get(name).validated().isPresent());
  }

  @ParameterizedTest
  @MethodSource("presets")
  void theRangesAreThoseOfTheMeasuredRows(String preset) {
    Accelerator accelerator = Presets.get(preset);
    Validated said = accelerator.validated().orElseThrow();

    Validated derived = derived(accelerator, said.data());

    assertThat(yaml(said)).isEqualTo(yaml(derived));
  }

  @Test
  void everyPartWithMeasuredTimesSaysWhatTheyCover() {
    Set<String> measured =
        Tables.all().stream()
            .flatMap(
                table ->
                    DATA.of(table.dataset()).stream()
                        .filter(row -> table.includes(row) && isTimed(row))
                        .map(table::preset))
            .collect(Collectors.toSet());

    assertThat(presets()).containsExactlyInAnyOrderElementsOf(measured);
  }

  private static Validated derived(Accelerator accelerator, List<String> files) {
    Map<String, LayerBounds> bounds = new TreeMap<>();
    Set<DataType> types = EnumSet.noneOf(DataType.class);
    for (ValidationTable table : Tables.all()) {
      for (Row row : DATA.of(table.dataset())) {
        if (files.contains(row.file())
            && isTimed(row)
            && table.includes(row)
            && table.subject(row, SUBJECTS) instanceof Subject.Found(Graph graph, String origin)) {
          layers(accelerator, graph, bounds, types);
        }
      }
    }
    return new Validated(files, new ArrayList<>(types), new ArrayList<>(bounds.values()));
  }

  private static boolean isTimed(Row row) {
    return TIMES.stream().anyMatch(column -> !row.fields().getOrDefault(column, "").isEmpty());
  }

  private static void layers(
      Accelerator accelerator, Graph source, Map<String, LayerBounds> bounds, Set<DataType> types) {
    Mapping mapping = Compiler.map(CanonicalGraph.of(source), accelerator, Interruption.NEVER);
    Graph graph = mapping.graph();
    for (int i = 0; i < mapping.layers().size(); i++) {
      Layer layer = mapping.layers().get(i);
      if (mapping.tilings().get(i).filter(tiling -> !tiling.isView()).isPresent()) {
        Node main = graph.nodes().get(layer.main());
        LayerBounds shape = LayerShape.of(graph, main);
        bounds.merge(shape.kind(), shape, LayerBounds::or);
        types.add(graph.output(main, 0).type());
      }
    }
  }

  private static String yaml(Validated validated) {
    return "validated:\n  data: [%s]\n  types: [%s]\n  layers:\n%s"
        .formatted(
            String.join(", ", validated.data()),
            validated.types().stream()
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")),
            validated.layers().stream()
                .map(ValidatedShapesTest::yaml)
                .collect(Collectors.joining("\n")));
  }

  private static String yaml(LayerBounds layer) {
    return ("    - {kind: %s, kernel: %d, stride: %d, dilation: %d, groups: %d, size: %d,"
            + " inputs: %d, outputs: %d, parameters: %d}")
        .formatted(
            layer.kind(),
            layer.kernel(),
            layer.stride(),
            layer.dilation(),
            layer.groups(),
            layer.size(),
            layer.inputs(),
            layer.outputs(),
            layer.parameters());
  }
}
