package dev.ppe.client.report.explain;

import dev.ppe.client.report.Paragraph;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.explain.ExplainedInstructions;
import dev.ppe.simulator.compile.explain.ExplainedMemory;
import dev.ppe.simulator.compile.explain.Explanation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Compilations for people: two lines in short, then a table for each kind of decision. */
public final class ExplanationTable implements ExplanationWriter {
  private static final int LEAST_NAME = 14;

  private final PrintWriter out;
  private final int width;
  private final int most;
  private boolean first = true;

  /** Writes to {@code out}, with so many characters in a line and so many rows in a table. */
  public ExplanationTable(PrintWriter out, int width, int most) {
    this.out = out;
    this.width = width;
    this.most = most;
  }

  @Override
  public void write(Explained explained) {
    if (!first) {
      out.println();
    }
    first = false;
    Explanation explanation = explained.explanation();
    Paragraph.pieces(out, width, "", "   ", question(explained));
    Paragraph.pieces(out, width, "", "   ", result(explained));
    if (most > 0) {
      Sections.OPERATORS.print(out, width, explanation.operators(), most);
      Sections.LAYERS.print(out, width, explanation.layers(), most);
      Sections.TENSORS.print(out, width, explanation.tensors(), most);
      Sections.PARAMETERS.print(out, width, explanation.parameterSets(), most);
      program(explanation.instructions());
    }
    explanation.memory().ifPresent(memory -> memory(memory, explanation));
  }

  private List<String> question(Explained explained) {
    List<String> pieces = new ArrayList<>();
    pieces.add(Names.shorten(explained.explanation().modelName(), width));
    explained.inputs().forEach(input -> pieces.add(Names.shorten(input, width)));
    pieces.add(Units.COUNT.format(explained.explanation().macs()) + " MACs");
    pieces.add(Units.COUNT.format(explained.explanation().parameters()) + " parameters");
    return pieces;
  }

  private List<String> result(Explained explained) {
    Explanation explanation = explained.explanation();
    List<String> pieces = new ArrayList<>();
    pieces.add(Names.printable(explanation.accelerator()));
    pieces.add(operators(explanation));
    if (explanation.done().compareTo(Phase.FUSE) >= 0) {
      pieces.add(explanation.layers().size() + " layers");
    }
    if (explanation.done() != Phase.SCHEDULE) {
      pieces.add("stopped after the %s phase".formatted(explanation.done()));
    }
    if (explained.verified()) {
      pieces.add("every phase verified");
    }
    return pieces;
  }

  private static String operators(Explanation explanation) {
    long host = explanation.hostOperators();
    int all = explanation.operators().size();
    if (explanation.done() == Phase.JOIN) {
      return all + " operators";
    } else if (host == 0) {
      return all + " operators, all on the accelerator";
    } else {
      return "%d operators, %s on the host".formatted(all, host == all ? "all" : host + " of them");
    }
  }

  private void program(List<ExplainedInstructions> instructions) {
    if (instructions.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                Column.names("program", LEAST_NAME),
                Column.left("time counts as"),
                Column.right("instructions"),
                Column.right("cycles"),
                Column.right("bytes")));
    for (ExplainedInstructions sum : instructions) {
      table.row(
          List.of(
              Text.resource(sum.resource()),
              Text.cause(sum.cause()),
              Text.count(sum.count()),
              Text.count(sum.cycles()),
              Text.count(sum.bytes())));
    }
    out.println();
    table.print(out);
  }

  private void memory(ExplainedMemory memory, Explanation explanation) {
    List<String> pieces = new ArrayList<>();
    pieces.add(
        "PE memory peak %s of %s,"
            .formatted(
                Units.BYTES.format(memory.peakBytes()), Units.BYTES.format(memory.peBytes())));
    pieces.add(
        "lower bound %s%s;"
            .formatted(
                Units.BYTES.format(memory.lowerBoundBytes()),
                memory.fullestLayer().isEmpty()
                    ? ""
                    : " at layer %d".formatted(memory.fullestLayer().getAsInt())));
    if (memory.offChipBytes() > 0) {
      pieces.add(Units.BYTES.format(memory.offChipBytes()) + " of activations off the chip;");
    }
    pieces.add(
        memory.cacheBytes() == 0
            ? "no parameters stay on the chip,"
            : "parameters %s of %s on the chip,"
                .formatted(
                    Units.BYTES.format(memory.cachedBytes()),
                    Units.BYTES.format(memory.cacheBytes())));
    pieces.add(Units.BYTES.format(memory.streamedBytes()) + " streamed");
    out.println();
    Paragraph.pieces(out, width, " memory  ", " ", pieces);
    if (explanation.instructions().isEmpty()) {
      return;
    }
    long instructions =
        explanation.instructions().stream().mapToLong(ExplainedInstructions::count).sum();
    Paragraph.sentence(
        out, width, " program ", "%s instructions".formatted(Text.count(instructions)));
  }
}
