package dev.ppe.nas.export;

import dev.ppe.client.cli.ExportFormat;
import dev.ppe.client.cli.GroupForm;
import dev.ppe.nas.report.TrialCsv;
import dev.ppe.nas.report.TrialJson;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.graph.Graph;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes trials of a study: the networks of the chosen ones in each format, all trials as CSV and
 * JSON Lines, and the manifest.
 *
 * @param selection how the trials were chosen, as the command line has it
 * @param formats of the networks
 * @param groups how group convolutions are written
 * @param weights what stands for weights where a format has them
 */
public record StudyExport(
    Study study, String selection, List<ExportFormat> formats, GroupForm groups, Weights weights) {
  private static final String MANIFEST = "manifest.json";

  public StudyExport {
    formats = List.copyOf(formats);
  }

  /**
   * Writes them to a folder; it has all files in the end or none of them.
   *
   * @param trials evaluated ones
   * @param replace whether files of the same names may be replaced
   * @return names of the files
   * @throws IllegalArgumentException if a network cannot be expressed in a format, naming the trial
   *     and the node
   * @throws IOException if the folder has files already, or cannot be written
   */
  public List<String> write(Path folder, List<Trial> trials, boolean replace) throws IOException {
    try (ExportFolder export = ExportFolder.at(folder, replace)) {
      List<Chosen> chosen = new ArrayList<>();
      for (Trial trial : trials) {
        chosen.add(models(export, trial));
      }
      List<ExportedFile> tables =
          List.of(
              export.write(
                  "study.csv",
                  "csv",
                  out -> text(out, to -> new TrialCsv(to).write(study, done()))),
              export.write(
                  "study.jsonl",
                  "json",
                  out -> text(out, to -> new TrialJson(to).write(study, done()))));
      export.write(MANIFEST, "json", out -> new TrainingManifest(this, chosen, tables).write(out));
      export.commit();
      List<String> names = new ArrayList<>();
      chosen.forEach(each -> each.files().forEach(file -> names.add(file.name())));
      tables.forEach(file -> names.add(file.name()));
      names.add(MANIFEST);
      return names;
    }
  }

  private List<Trial> done() {
    return study.done();
  }

  private Chosen models(ExportFolder export, Trial trial) throws IOException {
    try {
      Graph graph = study.space().graph(trial.point());
      Graph written = groups.of(graph);
      List<ExportedFile> files = new ArrayList<>();
      for (ExportFormat format : formats) {
        files.add(
            export.write(
                "trial-%d.%s".formatted(trial.number(), ending(format)),
                format.toString(),
                out -> format.write(written, weights, out)));
      }
      return new Chosen(trial, graph, files);
    } catch (IllegalArgumentException e) { // what a format cannot express, with the node
      throw new IllegalArgumentException(
          "trial %d: %s".formatted(trial.number(), e.getMessage()), e);
    }
  }

  private static String ending(ExportFormat format) {
    return switch (format) {
      case TFLITE -> "tflite";
      case ONNX -> "onnx";
      case JSON -> "json";
      case KERAS -> "py";
    };
  }

  private interface Text {
    void write(PrintWriter out);
  }

  private static void text(OutputStream out, Text text) throws IOException {
    PrintWriter writer =
        new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    text.write(writer);
    if (writer.checkError()) { // flushes; print writers keep failures to themselves
      throw new IOException("cannot be written");
    }
  }
}
