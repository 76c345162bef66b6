package dev.ppe.simulator.calibration;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The vendor's benchmark of the USB accelerator; of networks that stand there twice the first. */
record NamedModels(List<Measurement> rows, Board board) {
  static NamedModels onUsb() {
    Subjects subjects = new Subjects(Optional.empty());
    List<Measurement> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<CanonicalGraph> networks = new ArrayList<>();
    Set<GraphHash> hashes = new HashSet<>();
    for (Row row : Datasets.builtIn().of(Dataset.CORAL_NAMED_MODELS)) {
      if (row.text("host").equals("usb3-desktop")
          && subjects.published(row) instanceof Subject.Found found) {
        CanonicalGraph network = CanonicalGraph.of(found.graph(), Interruption.NEVER);
        if (!hashes.add(network.hash())) {
          continue;
        }
        names.add(row.text("model"));
        networks.add(network);
        rows.add(
            new Measurement(
                row.line(),
                row.text("model"),
                OptionalInt.empty(),
                Quantity.LATENCY,
                row.number("latency_ms")));
      }
    }
    return new NamedModels(rows, new Board(names, networks));
  }
}
