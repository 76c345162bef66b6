package dev.ppe.nas.backend;

import dev.ppe.nas.objective.Outcome.Scored;
import io.jenetics.ext.moea.Pareto;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An observation with its place among others.
 *
 * @param front the number of the non-dominated front it is in, 0 for the best
 * @param crowding distance to its neighbours in that front; infinite at its ends
 */
record Ranked(Observation observation, int front, double crowding) {
  static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingInt(Ranked::front)
          .thenComparing(Comparator.comparingDouble(Ranked::crowding).reversed());

  /** All of them, best first; of equals, the older one. */
  static List<Ranked> of(List<Observation> observations) {
    int[] fronts =
        Pareto.rank(
            ISeq.of(observations), Comparator.comparing(Observation::outcome, Dominance.ORDER));
    List<Ranked> result = new ArrayList<>();
    for (int front = 0; result.size() < observations.size(); front++) {
      int rank = front;
      List<Observation> members =
          IntStream.range(0, fronts.length)
              .filter(i -> fronts[i] == rank)
              .mapToObj(observations::get)
              .toList();
      double[] distances = distances(members);
      for (int i = 0; i < members.size(); i++) {
        result.add(new Ranked(members.get(i), front, distances[i]));
      }
    }
    result.sort(BEST_FIRST);
    return result;
  }

  /** Those that failed have no place to be near to. */
  private static double[] distances(List<Observation> members) {
    List<Vec<double[]>> places = new ArrayList<>();
    for (Observation member : members) {
      if (!(member.outcome() instanceof Scored scored)) {
        return new double[members.size()];
      }
      places.add(Vec.of(scored.scores().stream().mapToDouble(Double::doubleValue).toArray()));
    }
    return Pareto.crowdingDistance(ISeq.of(places));
  }
}
