package dev.ppe.server;

import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;

/**
 * How many there are in a request of what its size depends on, counted before it is parsed. What
 * has more than the limits allow is too large as soon as that is seen: no byte behind it is looked
 * at.
 *
 * <p>Beside the limits on networks there are some that no request comes near that keeps to those: a
 * tensor has 8 dimensions at most, and an operator 24 numbers, unless it has as many as operands.
 */
final class RequestCounts {
  /** Numbers in lists, for each of the most nodes and tensors. */
  private static final int NUMBERS = 16;

  /** Fields, for each of the most nodes and tensors. */
  private static final int FIELDS = 32;

  /** Entries of an accelerator's lists and of the map of dimensions; beside networks, of all. */
  private static final int FEW = 10_000;

  /** What is counted. */
  enum Counted {
    /** Nodes. */
    NODES,
    /** Tensors. */
    TENSORS,
    /** Operands and results of nodes. */
    OPERANDS,
    /** Numbers in other lists. */
    NUMBERS,
    /** Texts and messages in other lists. */
    ENTRIES,
    /** Whatever is written with a tag, also fields that nobody knows. */
    FIELDS
  }

  private static final class Counter {
    private final String what;
    private final long limit;
    private long count;

    Counter(String what, long limit) {
      this.what = what;
      this.limit = limit;
    }

    void add(long more) {
      count += more;
      if (count > limit) {
        throw new GraphTooLargeException(
            "graph: has %d %s or more, the limit is %d".formatted(count, what, limit));
      }
    }
  }

  private final Counter nodes;
  private final Counter tensors;
  private final Counter operands;
  private final Counter numbers;
  private final Counter entries = new Counter("entries of lists", FEW);
  private final Counter fields;

  /** Of a request, none of which has been seen. */
  RequestCounts(GraphLimits graph) {
    long parts = (long) graph.maxNodes() + graph.maxTensors();
    nodes = new Counter("nodes", graph.maxNodes());
    tensors = new Counter("tensors", graph.maxTensors());
    operands = new Counter("operands and results", graph.maxOperandsOfAll());
    numbers = new Counter("numbers in lists", FEW + NUMBERS * parts);
    fields = new Counter("fields", FEW + FIELDS * parts);
  }

  /**
   * So many more.
   *
   * @throws GraphTooLargeException if these are too many
   */
  void add(Counted what, long more) {
    counter(what).add(more);
  }

  private Counter counter(Counted what) {
    return switch (what) {
      case NODES -> nodes;
      case TENSORS -> tensors;
      case OPERANDS -> operands;
      case NUMBERS -> numbers;
      case ENTRIES -> entries;
      case FIELDS -> fields;
    };
  }

  /** How many fields were seen. */
  int fields() {
    return (int) fields.count;
  }

  /** How many nodes were seen. */
  int nodes() {
    return (int) nodes.count;
  }
}
