package dev.ppe.simulator.compile.explain;

import java.util.OptionalInt;

/**
 * Where an operator goes.
 *
 * @param name of its node
 * @param kind of operator
 * @param output shape and type of its first result
 * @param macs multiply-accumulates
 * @param place what runs it
 * @param stage runs of operators on the host have even stages, runs on the accelerator odd ones;
 *     empty before they are placed
 * @param layer position of its layer; empty before layers are made
 * @param main whether the layer is mainly this operator
 * @param why it is there, in words
 */
public record ExplainedOperator(
    String name,
    String kind,
    String output,
    long macs,
    Place place,
    OptionalInt stage,
    OptionalInt layer,
    boolean main,
    String why) {

  /** What runs an operator. */
  public enum Place {
    /** Not decided yet. */
    OPEN,
    ACCELERATOR,
    HOST
  }
}
