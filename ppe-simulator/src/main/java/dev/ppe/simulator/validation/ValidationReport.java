package dev.ppe.simulator.validation;

import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.TableReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that was asked for.
 *
 * @param sections in the order in which they are told
 * @param leftOut tables that were not run, by id, with the reason
 * @param unclaimed rows of the tables' data sets that no table is about
 */
public record ValidationReport(
    List<Section> sections, Map<String, String> leftOut, List<SkippedRow> unclaimed) {
  public ValidationReport {
    sections = List.copyOf(sections);
    leftOut = Map.copyOf(leftOut);
    unclaimed = List.copyOf(unclaimed);
  }

  /** This report and one more section. */
  public ValidationReport with(Section section) {
    return new ValidationReport(
        Stream.concat(sections.stream(), Stream.of(section)).toList(), leftOut, unclaimed);
  }

  /** Whether all targets of all sections are met. */
  public boolean met() {
    return sections.stream().allMatch(Section::met);
  }

  /** The sections about measured rows. */
  public List<TableReport> tables() {
    return sections.stream()
        .filter(Section.Measured.class::isInstance)
        .map(section -> ((Section.Measured) section).table())
        .toList();
  }

  /** Every row that is not compared, once. */
  public List<SkippedRow> skipped() {
    return Stream.concat(
            tables().stream().flatMap(table -> table.skipped().stream()), unclaimed.stream())
        .distinct()
        .toList();
  }
}
