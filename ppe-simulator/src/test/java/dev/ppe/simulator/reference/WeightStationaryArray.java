package dev.ppe.simulator.reference;

import dev.ppe.simulator.hardware.Core;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A weight-stationary array, PE by PE. A PE has three weight registers: one of the chain down its
 * column through which weights shift in, the last row's first; one where the next weight waits; and
 * the one in use. Activations move right, sums down, one PE an edge; edges are as many cycles apart
 * as a multiply-accumulate takes. Below the array sums of folds that share outputs are added up.
 * Everything in column {@code j} happens {@code j} edges late, and activations of row {@code i}
 * come {@code i} edges late.
 *
 * <p>The beginning of a fold travels ahead of its activations and changes the PE over to the weight
 * that waits. The next weights take the places of waiting ones once the last row has changed over.
 */
public final class WeightStationaryArray {
  private final Core.Systolic core;
  private final boolean loadsWhileBusy;
  private final Port activationPort;
  private final Port weightPort;
  private final int elementBytes;
  private final int weightBytes;
  private final int macCycles;
  private final MatrixProduct product;
  private final List<Fold> folds = new ArrayList<>();
  private final long[][][] sums;

  private final int[][] chain;
  private final int[][] waiting;
  private final int[][] used;
  private Token[][] right;
  private Sum[][] down;

  /** Along the left side: what enters row i when. */
  private final List<Deque<Token>> leftSide = new ArrayList<>();

  /** Along the top: what column j's chain does when. */
  private final List<Deque<Order>> topSide = new ArrayList<>();

  // The loader: which fold's weights shift in, and how many rows have.
  private int loading;
  private int rowsLoaded;

  /** Folds to whose weights the last row of the near column has changed over. */
  private int changedOver;

  // The feeder: which fold streams, and how many positions of it have entered.
  private int streaming;
  private int positionsFed;
  private boolean begun;

  private long edge = -1;
  private long lastEdge = -1;
  private long cornerEdge = -1;
  private int finished;

  private WeightStationaryArray(
      Core.Systolic core,
      boolean loadsWhileBusy,
      long portBytes,
      long lineRate,
      int elementBytes,
      int weightBytes,
      int macCycles,
      MatrixProduct product) {
    this.core = core;
    this.loadsWhileBusy = loadsWhileBusy;
    this.activationPort = new Port(portBytes, macCycles);
    this.weightPort = new Port(lineRate, macCycles);
    this.elementBytes = elementBytes;
    this.weightBytes = weightBytes;
    this.macCycles = macCycles;
    this.product = product;
    this.sums = new long[product.groups()][product.rows()][product.columns()];
    this.chain = new int[core.rows()][core.columns()];
    this.waiting = new int[core.rows()][core.columns()];
    this.used = new int[core.rows()][core.columns()];
    this.right = new Token[core.rows()][core.columns()];
    this.down = new Sum[core.rows()][core.columns()];
    for (int row = 0; row < core.rows(); row++) {
      leftSide.add(new ArrayDeque<>());
    }
    for (int column = 0; column < core.columns(); column++) {
      topSide.add(new ArrayDeque<>());
    }
    for (int group = 0; group < product.groups(); group++) {
      for (int column = 0; column < product.columns(); column += core.columns()) {
        for (int k = 0; k < product.depth(); k += core.rows()) {
          folds.add(new Fold(group, k, column));
        }
      }
    }
  }

  private record Fold(int group, int firstDepth, int firstColumn) {}

  /**
   * What moves right: an activation, the beginning of a fold, or both.
   *
   * @param begins whether the PE changes over to the weight that waits
   * @param position of the activation; -1 where there is none
   */
  private record Token(long due, Fold fold, boolean begins, int position, int value) {
    Token at(long other) {
      return new Token(other, fold, begins, position, value);
    }
  }

  private record Sum(Fold fold, int position, long value) {}

  /** To a column's chain: take in a weight, or hand all of them to the registers that wait. */
  private record Order(long due, boolean handsOver, int weight) {}

  /**
   * Runs a product and says how long it took.
   *
   * @param loadsWhileBusy whether weights of the next fold shift in while one streams
   */
  public static SystolicRun run(
      Core.Systolic core,
      boolean loadsWhileBusy,
      long portBytes,
      long lineRate,
      int elementBytes,
      int weightBytes,
      int macCycles,
      MatrixProduct product) {
    return new WeightStationaryArray(
            core,
            loadsWhileBusy,
            portBytes,
            lineRate,
            elementBytes,
            weightBytes,
            macCycles,
            product)
        .run();
  }

  private SystolicRun run() {
    while (finished < folds.size()) {
      boolean mayLoad = mayLoad();
      feed();
      load(mayLoad);
      clock();
    }
    long cycles = Math.max(lastEdge, cornerEdge + 1);
    return new SystolicRun(cycles * macCycles, sums, activationPort.moved(), weightPort.moved());
  }

  /** One cycle of the weight port; a row shifts in at the edge that ends its last cycle. */
  private void load(boolean mayBegin) {
    if (rowsLoaded < core.rows()) {
      if (weightPort.idle()) {
        if (loading == folds.size() || (rowsLoaded == 0 && !mayBegin)) {
          return;
        }
        weightPort.begin((long) Math.min(core.columns(), product.columns()) * weightBytes);
      }
      weightPort.tick();
      if (!weightPort.idle()) {
        return;
      }
      rowsLoaded++;
      for (int j = 0; j < core.columns(); j++) {
        int weight = weight(folds.get(loading), core.rows() - rowsLoaded, j);
        topSide.get(j).add(new Order(edge + 1 + j, false, weight));
      }
    }
    if (rowsLoaded == core.rows() && lastRowHasChangedOver()) {
      for (int j = 0; j < core.columns(); j++) {
        topSide.get(j).add(new Order(edge + 1 + j, true, 0));
      }
      loading++;
      rowsLoaded = 0;
    }
  }

  private boolean mayLoad() {
    if (!core.overlap()) {
      return finished == loading; // all before have left the array
    }
    return loadsWhileBusy || streaming == loading; // all before have entered
  }

  /** Whether the coming edge leaves no weight that waits in the near column. */
  private boolean lastRowHasChangedOver() {
    Token coming = leftSide.getLast().peekFirst();
    boolean changesNow = coming != null && coming.due() == edge + 1 && coming.begins();
    return changedOver + (changesNow ? 1 : 0) == loading;
  }

  private int weight(Fold fold, int row, int j) {
    int k = fold.firstDepth() + row;
    int column = fold.firstColumn() + j;
    return k < product.depth() && column < product.columns()
        ? product.right()[fold.group()][k][column]
        : 0;
  }

  /** One cycle of the activation port; activations enter at the edge that ends their last cycle. */
  private void feed() {
    if (loading <= streaming) {
      return; // its weights are not there
    }
    Fold fold = folds.get(streaming);
    boolean begins = !begun;
    begun = true;
    if (activationPort.idle()) {
      activationPort.begin((long) Math.min(core.rows(), product.depth()) * elementBytes);
    }
    activationPort.tick();
    boolean enters = activationPort.idle();
    for (int i = 0; i < core.rows() && (begins || enters); i++) {
      int k = fold.firstDepth() + i;
      int value = enters && k < product.depth() ? product.left()[fold.group()][positionsFed][k] : 0;
      leftSide.get(i).add(new Token(edge + 1 + i, fold, begins, enters ? positionsFed : -1, value));
    }
    if (enters && ++positionsFed == product.rows()) {
      streaming++;
      positionsFed = 0;
      begun = false;
    }
  }

  /** One clock edge. */
  private void clock() {
    edge++;
    boolean[] handsOver = new boolean[core.columns()];
    for (int j = 0; j < core.columns(); j++) {
      handsOver[j] = shift(j);
    }
    Token[][] nextRight = new Token[core.rows()][core.columns()];
    Sum[][] nextDown = new Sum[core.rows()][core.columns()];
    for (int i = 0; i < core.rows(); i++) {
      for (int j = 0; j < core.columns(); j++) {
        Token token = j == 0 ? leaving(leftSide.get(i)) : right[i][j - 1];
        nextRight[i][j] = token == null ? null : token.at(edge);
        if (token == null) {
          continue;
        }
        if (token.begins()) {
          used[i][j] = waiting[i][j];
          changedOver += i == core.rows() - 1 && j == 0 ? 1 : 0;
        }
        if (token.position() >= 0) {
          nextDown[i][j] = sum(i, j, token);
        }
        if (i == 0 && j == 0) {
          cornerEdge = edge;
        }
      }
    }
    for (int j = 0; j < core.columns(); j++) {
      if (handsOver[j]) {
        for (int i = 0; i < core.rows(); i++) {
          waiting[i][j] = chain[i][j];
        }
      }
      collect(nextDown[core.rows() - 1][j], j);
    }
    right = nextRight;
    down = nextDown;
  }

  /** What the chain of a column does at this edge, and whether it hands over after that. */
  private boolean shift(int j) {
    Deque<Order> side = topSide.get(j);
    boolean handsOver = false;
    while (!side.isEmpty() && side.getFirst().due() == edge) {
      Order order = side.removeFirst();
      handsOver |= order.handsOver();
      if (!order.handsOver()) {
        for (int i = core.rows() - 1; i > 0; i--) {
          chain[i][j] = chain[i - 1][j];
        }
        chain[0][j] = order.weight();
      }
    }
    return handsOver;
  }

  private Sum sum(int i, int j, Token token) {
    long above = 0;
    if (i > 0) {
      Sum sum = down[i - 1][j];
      if (sum == null || !sum.fold().equals(token.fold()) || sum.position() != token.position()) {
        throw new IllegalStateException("an activation misses its sum");
      }
      above = sum.value();
    }
    return new Sum(token.fold(), token.position(), above + (long) token.value() * used[i][j]);
  }

  private void collect(@Nullable Sum sum, int j) {
    if (sum == null) {
      return;
    }
    int column = sum.fold().firstColumn() + j;
    if (column < product.columns()) {
      sums[sum.fold().group()][sum.position()][column] += sum.value();
    }
    if (j == core.columns() - 1 && sum.position() == product.rows() - 1) {
      finished++;
      lastEdge = edge;
    }
  }

  private @Nullable Token leaving(Deque<Token> side) {
    return !side.isEmpty() && side.getFirst().due() == edge ? side.removeFirst() : null;
  }
}
