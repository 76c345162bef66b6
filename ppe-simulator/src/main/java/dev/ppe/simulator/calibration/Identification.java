package dev.ppe.simulator.calibration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Which variables the rows determine, by the Jacobian of their logarithms.
 *
 * <p>One after the other the variable is taken whose effect on the rows is largest beside what
 * those taken already can do (orthogonalisation with pivots). Where a tenth or less of a variable's
 * effect is left then, an angle of 6 degrees, the rows cannot tell it apart from the others: the
 * fit would trade one for the other. Where a row's leverage would come to 0.99 the fit would follow
 * that row, right or wrong: its residual would show a hundredth of its error. And two rows are
 * wanted for each variable.
 */
final class Identification {
  /** Rows that one variable takes. */
  static final int ROWS_FOR_EACH = 2;

  private static final double LEAST_EFFECT = 0.01;
  private static final double LEAST_SINE = 0.1;
  private static final double LARGEST_LEVERAGE = 0.99;
  private static final double LARGE_PART = 0.2;

  /**
   * What became of the candidates.
   *
   * @param taken those that the rows tell apart, in the candidates' order
   * @param reasons why each of the others is not taken
   */
  record Selection(List<Variable> taken, Map<Parameter, String> reasons) {}

  private final List<Variable> candidates;
  private final List<RealVector> effects;
  private final List<Measurement> rows;
  private double[] leverage;
  private final List<Integer> taken = new ArrayList<>();
  private final Map<Parameter, String> reasons = new EnumMap<>(Parameter.class);

  private Identification(List<Variable> candidates, Linearization model, List<Measurement> rows) {
    this.candidates = candidates;
    this.rows = rows;
    this.leverage = new double[rows.size()];
    this.effects =
        IntStream.range(0, candidates.size())
            .<RealVector>mapToObj(j -> new ArrayRealVector(model.effect(j)))
            .toList();
  }

  /**
   * Selects among variables.
   *
   * @param model what the rows measured is in them
   * @param rows the model's
   */
  static Selection select(List<Variable> candidates, Linearization model, List<Measurement> rows) {
    return new Identification(candidates, model, rows).selection();
  }

  private Selection selection() {
    List<Integer> left = new ArrayList<>(IntStream.range(0, candidates.size()).boxed().toList());
    for (OptionalInt next = largest(left); next.isPresent(); next = largest(left)) {
      int variable = next.getAsInt();
      left.remove(Integer.valueOf(variable));
      Optional<String> reason = reasonAgainst(variable);
      if (reason.isPresent()) {
        reasons.put(candidates.get(variable).parameter(), reason.get());
      } else {
        leverage = leverages(variable);
        taken.add(variable);
      }
    }
    return new Selection(taken.stream().sorted().map(candidates::get).toList(), reasons);
  }

  private OptionalInt largest(List<Integer> left) {
    return left.stream()
        .mapToInt(Integer::intValue)
        .reduce((a, b) -> beside(b).getNorm() > beside(a).getNorm() ? b : a);
  }

  private Optional<String> reasonAgainst(int variable) {
    double most = DoubleStream.of(effects.get(variable).toArray()).map(Math::abs).max().orElse(0);
    if (most == 0) {
      return Optional.of("no row depends on it");
    }
    if (most < LEAST_EFFECT) {
      return Optional.of("no row depends on it by as much as 1 %");
    }
    if (beside(variable).getNorm() < LEAST_SINE * effects.get(variable).getNorm()) {
      return Optional.of("these rows cannot tell it apart from " + twins(variable));
    }
    OptionalInt alone = alone(leverages(variable));
    if (alone.isPresent()) {
      return Optional.of(
          "the rows show it in line %d alone".formatted(rows.get(alone.getAsInt()).line()));
    }
    if ((taken.size() + 1) * ROWS_FOR_EACH > rows.size()) {
      return Optional.of(
          "%d rows carry %d %s, two rows each"
              .formatted(rows.size(), taken.size(), taken.size() == 1 ? "constant" : "constants"));
    }
    return Optional.empty();
  }

  /** A row that a fit with one more variable would follow, for all that the others say. */
  private OptionalInt alone(double[] leverages) {
    return IntStream.range(0, leverages.length)
        .filter(row -> leverages[row] > LARGEST_LEVERAGE)
        .findFirst();
  }

  /** What of each row's error its own residual would not show, with one more variable. */
  private double[] leverages(int variable) {
    RealVector beside = beside(variable);
    double norm = beside.getNorm();
    double[] sums = leverage.clone();
    for (int row = 0; row < sums.length; row++) {
      double part = beside.getEntry(row) / norm;
      sums[row] += part * part;
    }
    return sums;
  }

  /** What of its effect those taken cannot do. */
  private RealVector beside(int variable) {
    RealVector effect = effects.get(variable);
    return taken.isEmpty() ? effect : effect.subtract(matrix().operate(parts(variable)));
  }

  private RealVector parts(int variable) {
    return new QRDecomposition(matrix()).getSolver().solve(effects.get(variable));
  }

  private RealMatrix matrix() {
    RealMatrix matrix = new Array2DRowRealMatrix(rows.size(), taken.size());
    for (int j = 0; j < taken.size(); j++) {
      matrix.setColumnVector(j, effects.get(taken.get(j)));
    }
    return matrix;
  }

  /** Those that do most of what it does. */
  private String twins(int variable) {
    RealVector parts = parts(variable);
    double[] sizes =
        IntStream.range(0, taken.size())
            .mapToDouble(j -> Math.abs(parts.getEntry(j)) * effects.get(taken.get(j)).getNorm())
            .toArray();
    double most = DoubleStream.of(sizes).max().orElse(0);
    return IntStream.range(0, sizes.length)
        .filter(j -> sizes[j] >= LARGE_PART * most)
        .mapToObj(j -> candidates.get(taken.get(j)).parameter().path())
        .collect(Collectors.joining(" and "));
  }
}
