package dev.ppe.simulator.zoo.nasbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A cell of the benchmark: four nodes, an edge from each to each later one; a node is the sum of
 * its edges, node 0 the cell's input and node 3 its result.
 *
 * @param operations of the edges 0-1, 0-2, 1-2, 0-3, 1-3, 2-3
 */
public record Cell(List<Operation> operations) {
  /** How many cells there are: indices go from 0 to one less. */
  public static final int COUNT = CellIndex.COUNT;

  static final int NODES = 4;
  private static final List<Operation> ALL = List.of(Operation.values());
  private static final int EDGES = NODES * (NODES - 1) / 2;

  public Cell {
    operations = List.copyOf(operations);
    if (operations.size() != EDGES) {
      throw new IllegalArgumentException(
          "a cell has %d operations, not %d".formatted(EDGES, operations.size()));
    }
  }

  /**
   * The cell that the benchmark numbers so.
   *
   * @throws IllegalArgumentException unless {@code index} is from 0 to 15,624
   */
  public static Cell of(int index) {
    if (index < 0 || index >= COUNT) {
      throw new IllegalArgumentException(
          "a cell's index is %d, must be from 0 to %d".formatted(index, COUNT - 1));
    }
    Operation[] operations = new Operation[EDGES];
    int rank = CellIndex.rank(index);
    for (int i = EDGES - 1; i >= 0; i--) {
      operations[i] = ALL.get(rank % ALL.size());
      rank /= ALL.size();
    }
    return new Cell(List.of(operations));
  }

  /** The benchmark's number of this cell. */
  public int index() {
    int rank = 0;
    for (Operation operation : operations) {
      rank = rank * ALL.size() + ALL.indexOf(operation);
    }
    return CellIndex.index(rank);
  }

  /** The operation on the edge between two nodes, {@code from} before {@code to}. */
  Operation operation(int from, int to) {
    return operations.get(to * (to - 1) / 2 + from);
  }

  /** The cell that the benchmark writes so: see {@link #toString}. */
  public static Optional<Cell> parse(String text) {
    List<Operation> operations = new ArrayList<>(EDGES);
    for (String edge : text.split("[+|]+", EDGES + 2)) {
      int tilde = edge.indexOf('~');
      Operation.of(edge.substring(0, Math.max(tilde, 0))).ifPresent(operations::add);
    }
    if (operations.size() != EDGES) {
      return Optional.empty();
    }
    Cell cell = new Cell(operations);
    return cell.toString().equals(text) ? Optional.of(cell) : Optional.empty();
  }

  /**
   * As the benchmark writes it: {@code |op~0|+|op~0|op~1|+|op~0|op~1|op~2|}, each operation with
   * the node it comes from.
   */
  @Override
  public String toString() {
    StringJoiner nodes = new StringJoiner("+");
    for (int to = 1; to < NODES; to++) {
      StringJoiner edges = new StringJoiner("|", "|", "|");
      for (int from = 0; from < to; from++) {
        edges.add(operation(from, to).word() + "~" + from);
      }
      nodes.add(edges.toString());
    }
    return nodes.toString();
  }
}
