package dev.ppe.simulator.reference;

import dev.ppe.simulator.hardware.Core;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An output-stationary array, PE by PE. Activations move right, weights down, one PE an edge; edges
 * are as many cycles apart as a multiply-accumulate takes. A PE adds their product at the edge at
 * which it takes them in. Row {@code i} and column {@code j} of the operands come {@code i} and
 * {@code j} edges late, out of registers along the sides. The last operand of a fold takes the sum
 * out over its column, which carries one an edge.
 */
public final class OutputStationaryArray {
  private final Core.Systolic core;
  private final Port activationPort;
  private final Port weightPort;
  private final int elementBytes;
  private final int weightBytes;
  private final int macCycles;

  /** The product that is computed, and its sums. */
  private final MatrixProduct product;

  private final long[][][] sums;
  private final long[][] accumulators;

  /** What each PE passes on. */
  private Operand[][] right;

  private Operand[][] down;
  private final List<List<Operand>> leftSide = new ArrayList<>();
  private final List<List<Operand>> topSide = new ArrayList<>();

  private long edge = -1;
  private long lastEdge = -1;
  private long cornerEdge = -1;
  private int finished;

  private OutputStationaryArray(
      Core.Systolic core,
      long portBytes,
      long lineRate,
      int elementBytes,
      int weightBytes,
      int macCycles,
      MatrixProduct product) {
    this.core = core;
    this.activationPort = new Port(portBytes, macCycles);
    this.weightPort = new Port(lineRate, macCycles);
    this.elementBytes = elementBytes;
    this.weightBytes = weightBytes;
    this.macCycles = macCycles;
    this.product = product;
    this.sums = new long[product.groups()][product.rows()][product.columns()];
    this.accumulators = new long[core.rows()][core.columns()];
    this.right = new Operand[core.rows()][core.columns()];
    this.down = new Operand[core.rows()][core.columns()];
    for (int row = 0; row < core.rows(); row++) {
      leftSide.add(new ArrayList<>());
    }
    for (int column = 0; column < core.columns(); column++) {
      topSide.add(new ArrayList<>());
    }
  }

  /** A part of the product that fits the array. */
  private record Fold(int group, int firstRow, int firstColumn) {}

  /**
   * What moves.
   *
   * @param fold it belongs to
   * @param value of the operand
   * @param first whether the fold's sums begin with it
   * @param last whether they end with it
   * @param due the edge at which it leaves the side of the array
   */
  private record Operand(Fold fold, int value, boolean first, boolean last, long due) {}

  /** Runs a product and says how long it took. */
  public static SystolicRun run(
      Core.Systolic core,
      long portBytes,
      long lineRate,
      int elementBytes,
      int weightBytes,
      int macCycles,
      MatrixProduct product) {
    return new OutputStationaryArray(
            core, portBytes, lineRate, elementBytes, weightBytes, macCycles, product)
        .run();
  }

  private SystolicRun run() {
    List<Fold> folds = folds();
    for (int index = 0; index < folds.size(); index++) {
      long begun = edge + 1;
      for (int k = 0; k < product.depth(); k++) {
        feed(folds.get(index), k);
      }
      // The far corner's sum, or a column's last but for the skew: until then no other may come.
      while ((core.overlap() && index + 1 < folds.size())
          ? edge + 1 < begun + core.rows()
          : finished <= index) {
        clock();
      }
    }
    long cycles = Math.max(lastEdge, cornerEdge + 1);
    return new SystolicRun(cycles * macCycles, sums, activationPort.moved(), weightPort.moved());
  }

  private List<Fold> folds() {
    List<Fold> folds = new ArrayList<>();
    for (int group = 0; group < product.groups(); group++) {
      for (int column = 0; column < product.columns(); column += core.columns()) {
        for (int row = 0; row < product.rows(); row += core.rows()) {
          folds.add(new Fold(group, row, column));
        }
      }
    }
    return folds;
  }

  /**
   * Brings the operands of one step of the sums; they enter at the edge that ends the last cycle.
   */
  private void feed(Fold fold, int k) {
    activationPort.begin((long) Math.min(core.rows(), product.rows()) * elementBytes);
    weightPort.begin((long) Math.min(core.columns(), product.columns()) * weightBytes);
    while (true) {
      activationPort.tick();
      weightPort.tick();
      if (activationPort.idle() && weightPort.idle()) {
        break;
      }
      clock();
    }
    boolean first = k == 0;
    boolean last = k == product.depth() - 1;
    for (int i = 0; i < core.rows(); i++) {
      int row = fold.firstRow() + i;
      int value = row < product.rows() ? product.left()[fold.group()][row][k] : 0;
      leftSide.get(i).add(new Operand(fold, value, first, last, edge + 1 + i));
    }
    for (int j = 0; j < core.columns(); j++) {
      int column = fold.firstColumn() + j;
      int value = column < product.columns() ? product.right()[fold.group()][k][column] : 0;
      topSide.get(j).add(new Operand(fold, value, first, last, edge + 1 + j));
    }
    clock();
  }

  /** One clock edge. */
  private void clock() {
    edge++;
    Operand[][] nextRight = new Operand[core.rows()][core.columns()];
    Operand[][] nextDown = new Operand[core.rows()][core.columns()];
    boolean[] columnTaken = new boolean[core.columns()];
    for (int i = 0; i < core.rows(); i++) {
      for (int j = 0; j < core.columns(); j++) {
        Operand activation = j == 0 ? leaving(leftSide.get(i)) : right[i][j - 1];
        Operand weight = i == 0 ? leaving(topSide.get(j)) : down[i - 1][j];
        nextRight[i][j] = activation;
        nextDown[i][j] = weight;
        if ((activation == null) != (weight == null)) {
          throw new IllegalStateException("an operand without its partner");
        }
        if (activation != null) {
          add(i, j, activation, weight, columnTaken);
        }
      }
    }
    right = nextRight;
    down = nextDown;
  }

  private void add(int i, int j, Operand activation, Operand weight, boolean[] columnTaken) {
    if (!activation.fold().equals(weight.fold())) {
      throw new IllegalStateException("operands of different folds meet");
    }
    if (i == 0 && j == 0) {
      cornerEdge = edge;
    }
    long before = activation.first() ? 0 : accumulators[i][j];
    accumulators[i][j] = before + (long) activation.value() * weight.value();
    if (!activation.last()) {
      return;
    }
    if (columnTaken[j]) {
      throw new IllegalStateException("two sums leave one column at the same edge");
    }
    columnTaken[j] = true;
    int row = activation.fold().firstRow() + i;
    int column = activation.fold().firstColumn() + j;
    if (row < product.rows() && column < product.columns()) {
      sums[activation.fold().group()][row][column] = accumulators[i][j];
    }
    if (i == core.rows() - 1 && j == core.columns() - 1) {
      finished++;
      lastEdge = edge;
    }
  }

  private @Nullable Operand leaving(List<Operand> side) {
    return !side.isEmpty() && side.getFirst().due() == edge ? side.removeFirst() : null;
  }
}
