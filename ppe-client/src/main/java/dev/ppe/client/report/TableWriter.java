package dev.ppe.client.report;

import dev.ppe.report.answer.Advice;
import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.Coverage;
import dev.ppe.report.answer.EnergyParts;
import dev.ppe.report.answer.Names;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.Cause;
import dev.ppe.v1.Energy;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import dev.ppe.v1.Precision;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * An answer for people, a block a model: what was asked, what it costs, where the time and the
 * energy go, power, the slowest layers, memory, and what stands out ({@link Advice}). Blocks are an
 * empty line apart; after more than a few stands a table of all ({@link Comparison}), after those
 * that share a chip what they have of it ({@link SharingTable}).
 */
public final class TableWriter implements AnswerWriter {
  private static final int BLOCKS_WITHOUT_COMPARISON = 3;
  private static final double LEAST_SHARE = 0.01;

  private final PrintWriter out;
  private final int width;
  private final LayerTable layers;
  private final List<EstimateResponse> written = new ArrayList<>();
  private final SharingTable sharing = new SharingTable();

  /**
   * Writes to {@code out}.
   *
   * @param width characters in a line
   * @param layers how many of the slowest layers are shown
   */
  public TableWriter(PrintWriter out, int width, int layers) {
    this.out = out;
    this.width = width;
    this.layers = new LayerTable(width, layers);
  }

  @Override
  public void write(Answer answer) {
    if (!written.isEmpty()) {
      out.println();
    }
    EstimateResponse response = answer.response();
    written.add(withoutLayers(response));
    answer.alone().ifPresent(alone -> sharing.add(withoutLayers(response), withoutLayers(alone)));
    Paragraph.pieces(out, width, "", "   ", question(answer));
    Paragraph.pieces(out, width, "", "   ", costs(response));
    sentence("operators", operators(response));
    list("time", time(response));
    list("energy", energy(response.getEnergy(), response.getEnergyUj()));
    list("power", PowerText.power(response));
    layers.print(out, response);
    list("memory", MemoryText.memory(response));
    list("transfers", MemoryText.transfers(response.getMemory()));
    Coverage.of(response).ifPresent(coverage -> sentence("validity", coverage));
    Advice.of(response).ifPresent(advice -> sentence("note", advice));
  }

  @Override
  public void end() {
    if (written.size() > BLOCKS_WITHOUT_COMPARISON) {
      out.println();
      Comparison.print(out, width, written);
    }
    sharing.print(out, width);
  }

  /** What the comparison needs, so that a long run does not keep all layers. */
  private static EstimateResponse withoutLayers(EstimateResponse response) {
    return response.toBuilder().clearLayers().build();
  }

  private void list(String label, List<String> pieces) {
    if (!pieces.isEmpty()) {
      List<String> punctuated = new ArrayList<>();
      for (int i = 0; i < pieces.size(); i++) {
        punctuated.add(pieces.get(i) + (i < pieces.size() - 1 ? "," : ""));
      }
      Paragraph.pieces(out, width, label(label), " ", punctuated);
    }
  }

  private void sentence(String label, String text) {
    Paragraph.sentence(out, width, label(label), text);
  }

  private static String label(String text) {
    return " %-10s ".formatted(text);
  }

  private List<String> question(Answer answer) {
    EstimateResponse response = answer.response();
    List<String> pieces = new ArrayList<>();
    pieces.add(Names.shorten(response.getModelName(), width));
    answer.inputs().forEach(input -> pieces.add(Names.shorten(input, width)));
    pieces.add(Units.COUNT.format(response.getMacs()) + " MACs");
    pieces.add(Units.COUNT.format(response.getParameters()) + " parameters");
    return pieces;
  }

  private static List<String> costs(EstimateResponse response) {
    List<String> pieces = new ArrayList<>();
    pieces.add(
        "%s, %s%s"
            .formatted(
                Names.printable(response.getAccelerator()),
                level(response.getFidelity()),
                precision(response.getPrecision())));
    pieces.add(Units.TIME.format(response.getLatencyUs()));
    if (EnergyParts.isCounted(response)) {
      pieces.add(Units.ENERGY.format(response.getEnergyUj()));
      pieces.add(Units.POWER.format(response.getAveragePowerMw()));
    } else {
      pieces.add("energy not counted");
    }
    pieces.add(Units.percent(response.getUtilization()) + " of peak MACs");
    if (response.getFirstLatencyUs() > response.getLatencyUs()) {
      pieces.add("first inference " + Units.TIME.format(response.getFirstLatencyUs()));
    }
    return pieces;
  }

  private static String level(Fidelity fidelity) {
    return switch (fidelity) {
      case FIDELITY_CYCLE -> "cycle level";
      case FIDELITY_ANALYTICAL -> "analytical";
      case FIDELITY_UNSPECIFIED, UNRECOGNIZED -> "unknown fidelity";
    };
  }

  private static String precision(Precision precision) {
    return switch (precision) {
      case PRECISION_STORED, PRECISION_UNSPECIFIED -> "";
      case PRECISION_INT8 -> ", as if int8";
      case PRECISION_BF16 -> ", as if bfloat16";
      case UNRECOGNIZED -> ", unknown precision";
    };
  }

  private static List<String> time(EstimateResponse response) {
    long total = Causes.total(response.getTime());
    List<String> pieces = new ArrayList<>();
    for (Map.Entry<Cause, Long> part : Causes.descending(response.getTime())) {
      share(Causes.name(part.getKey()), (double) part.getValue(), (double) total, pieces);
    }
    return pieces;
  }

  private static List<String> energy(Energy energy, double total) {
    List<String> pieces = new ArrayList<>();
    EnergyParts.of(energy).entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(part -> share(part.getKey(), part.getValue(), total, pieces));
    return pieces;
  }

  private static void share(String name, double part, double total, List<String> pieces) {
    if (total > 0 && part / total >= LEAST_SHARE) {
      pieces.add(name + " " + Units.percent(part / total));
    }
  }

  /**
   * How many there are, and the first fallback with its reason: the others often follow from it.
   */
  private static String operators(EstimateResponse response) {
    int all = response.getOperators();
    int host = response.getHostOperators();
    return host == 0
        ? "%d, all on the accelerator".formatted(all)
        : "%d, %s on the host%s"
            .formatted(
                all,
                host == all ? "all of them" : "%d of them".formatted(host),
                response.getLayersList().stream()
                    .filter(layer -> layer.getPlacement() == Placement.PLACEMENT_HOST)
                    .findFirst()
                    .map(TableWriter::reason)
                    .orElse(""));
  }

  private static String reason(Layer layer) {
    return "; first \"%s\" (%s): %s"
        .formatted(
            Names.shorten(layer.getName(), 40),
            Names.shorten(layer.getKind(), 24),
            Names.printable(layer.getPlacementReason()));
  }
}
