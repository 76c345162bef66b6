package dev.ppe.client.cli;

import dev.ppe.client.report.validation.SensitivityWriter;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.sensitivity.Sensitivity;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** {@code ppe validate --sensitivity}: what the presets assume, varied. */
record SensitivityRun(ValidationFormat format, PrintWriter out, Failures failures) {
  /**
   * Varies and prints.
   *
   * @param named tables as they were asked for; none are all that have such figures, and networks
   *     of the zoo on every preset
   * @param tables that there are of them
   */
  int of(List<String> named, List<ValidationTable> tables, Datasets data, Subjects subjects) {
    SensitivityWriter writer =
        format
            .sensitivityWriter(out)
            .orElseThrow(() -> new UsageException("--sensitivity is not printed as " + format));
    named.forEach(SensitivityRun::requireVaried);
    writer.write(
        Sensitivity.of(
            tables,
            data,
            subjects,
            named.isEmpty() ? Presets.names() : List.of(),
            preset ->
                failures.line(
                    "%s, %s: %d assumptions on %d rows"
                        .formatted(
                            preset.preset(),
                            preset.figure(),
                            preset.assumptions().size(),
                            preset.rows()))));
    return ExitCode.OK;
  }

  private static void requireVaried(String table) {
    if (Tables.find(table).filter(Sensitivity::isVaried).isEmpty()) {
      throw new UsageException(
          "--sensitivity is about times, cached parameters and instructions: table %s has none"
              .formatted(table));
    }
  }
}
