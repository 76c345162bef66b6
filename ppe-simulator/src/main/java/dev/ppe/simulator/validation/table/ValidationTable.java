package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import java.util.List;
import java.util.Optional;

/** A comparison of some rows of a data set: nothing but what is compared with what. */
public interface ValidationTable {
  /** What the command line calls it. */
  String id();

  /** A heading. */
  String title();

  /** What a reader has to know of it, in Markdown: where the figures are from, and what is what. */
  default String description() {
    return Descriptions.of(id());
  }

  /** Where its rows are. */
  Dataset dataset();

  /** Whether it is about {@code row} of its data set. */
  boolean includes(Row row);

  /** What people call the row. */
  String label(Row row);

  /** The row's network. */
  Subject subject(Row row, Subjects subjects);

  /** The accelerator that the row was measured on; rows whose preset is missing are skipped. */
  String preset(Row row);

  /** The figures compared. */
  List<Quantity> quantities();

  /** Why the table is left out of a run as a whole, if it is. */
  default Optional<String> leftOut() {
    return Optional.empty();
  }
}
