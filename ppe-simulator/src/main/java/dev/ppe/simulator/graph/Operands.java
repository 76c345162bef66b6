package dev.ppe.simulator.graph;

import java.util.List;
import java.util.Optional;

/** The operands' shapes of one node, with the checks that many operators share. */
record Operands(List<Optional<Shape>> shapes) {

  boolean has(int position) {
    return position < shapes.size() && shapes.get(position).isPresent();
  }

  int count() {
    return shapes.size();
  }

  Shape shape(int position) {
    if (!has(position)) {
      throw new IllegalArgumentException("operand " + position + " is missing");
    }
    return shapes.get(position).orElseThrow();
  }

  Shape ranked(int position, int rank, String what) {
    Shape shape = shape(position);
    if (shape.rank() != rank) {
      throw new IllegalArgumentException(
          what + " " + shape + " must have rank " + rank + ", not " + shape.rank());
    }
    return shape;
  }

  /** A feature map [N, H, W, C]. */
  Shape map(int position) {
    return ranked(position, 4, "feature map");
  }

  /** Checks that a bias, if there is one, has an element per output channel. */
  void bias(int position, int channels) {
    if (has(position) && shape(position).elements() != channels) {
      throw new IllegalArgumentException(
          "bias "
              + shape(position)
              + " does not have one element for each of "
              + channels
              + " output channels");
    }
  }
}
