package dev.ppe.client.report;

import dev.ppe.report.answer.EnergyParts;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Power in words: the peak, efficiency, and what a steady rate of inferences takes. */
final class PowerText {
  private PowerText() {}

  static List<String> power(EstimateResponse response) {
    Power power = response.getPower();
    List<String> pieces = new ArrayList<>();
    if (!EnergyParts.isCounted(response) || !response.hasPower()) {
      return pieces; // nothing is priced
    }
    pieces.add(
        "peak %s over %s"
            .formatted(
                Units.POWER.format(power.getPeakPowerMw()),
                Units.TIME.format(power.getPeakWindowUs())));
    pieces.add("idle " + Units.POWER.format(power.getIdlePowerMw()));
    pieces.add(String.format(Locale.ROOT, "%.2f TOPS/W", power.getTopsPerWatt()));
    pieces.add(
        "%s at %s".formatted(Units.POWER.format(power.getRateAveragePowerMw()), rate(power)));
    pieces.add(
        "%s an inference above idle".formatted(Units.ENERGY.format(power.getActiveEnergyUj())));
    return pieces;
  }

  private static String rate(Power power) {
    return power.getSustainedRate() < power.getInferenceRate()
        ? "%s a second (%s are too many)"
            .formatted(number(power.getSustainedRate()), number(power.getInferenceRate()))
        : number(power.getInferenceRate()) + " a second";
  }

  /** Whole numbers as such, others with three digits. */
  private static String number(double rate) {
    if (rate == Math.rint(rate)) {
      return String.format(Locale.ROOT, "%.0f", rate);
    }
    int decimals = rate >= 100 ? 0 : rate >= 10 ? 1 : rate >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", rate);
  }
}
