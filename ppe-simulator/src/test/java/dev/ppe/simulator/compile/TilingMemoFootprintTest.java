package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an entry of a memo keeps alive: numbers, and few of them. */
class TilingMemoFootprintTest {
  private static final int OBJECT_BYTES = 16; // header and rounding up, with compressed references

  /** Of a key beside its parts, and of its place in a table with what keeps that in order. */
  private static final int TABLE_BYTES = 160;

  /**
   * Bytes at the most of a value and all that it refers to, but for what was seen before; fails if
   * that is not numbers.
   */
  private static long bytes(Object value, Set<Object> seen) throws ReflectiveOperationException {
    return switch (value) {
      case Number number -> 0; // in its field
      case Boolean flag -> 0;
      case Enum<?> constant -> 0; // there anyway
      case Optional<?> optional ->
          OBJECT_BYTES + (optional.isEmpty() ? 0 : bytes(optional.get(), seen));
      case Record composed when !seen.add(composed) -> 0;
      case Record composed -> {
        assertThat(composed.getClass().getPackageName())
            .isIn(
                "dev.ppe.simulator.block",
                "dev.ppe.simulator.job",
                "dev.ppe.simulator.compile",
                "dev.ppe.simulator.hardware",
                "dev.ppe.simulator.graph");
        assertThat(composed).isNotInstanceOfAny(Graph.class, Layer.class, Accelerator.class);
        long sum = OBJECT_BYTES;
        for (RecordComponent component : composed.getClass().getRecordComponents()) {
          component.getAccessor().setAccessible(true);
          sum += component.getType() == long.class ? Long.BYTES : Integer.BYTES;
          sum += bytes(component.getAccessor().invoke(composed), seen);
        }
        yield sum;
      }
      default -> throw new AssertionError("keeps a " + value.getClass() + " alive: " + value);
    };
  }

  @Test
  void anEntryTakesNoMoreThanIsReckonedWith() throws ReflectiveOperationException {
    List<Object[]> entries = new ArrayList<>();
    TilingMemo recording =
        hardware ->
            (problem, search) -> {
              Tiling tiling = search.apply(problem);
              entries.add(new Object[] {hardware, problem, tiling});
              return tiling;
            };
    for (String preset : Presets.names()) {
      Compiler.map(
          CanonicalGraph.of(OperatorZoo.everyOperator()),
          Presets.get(preset),
          recording,
          Interruption.NEVER);
    }
    assertThat(entries).hasSizeGreaterThan(100);
    for (Object[] entry : entries) {
      long sum = TABLE_BYTES;
      Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Object part : entry) {
        sum += bytes(part, seen);
      }
      assertThat(sum).isLessThanOrEqualTo(TilingMemo.ENTRY_BYTES);
    }
  }
}
