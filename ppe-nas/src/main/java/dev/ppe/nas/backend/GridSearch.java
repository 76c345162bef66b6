package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every point in lexicographic order, or so many spread evenly over that order.
 *
 * <p>Where a space's constraints are not all in its diagram, places in the order that they forbid
 * are passed over.
 */
final class GridSearch extends LocalBackend {
  private final SearchSpace space;
  private final Optional<BigInteger> points;
  private BigInteger next = BigInteger.ZERO;

  /**
   * A grid.
   *
   * @param points how many to spread over the space; empty for every one
   */
  GridSearch(SearchSpace space, Optional<Integer> points) {
    this.space = space;
    BigInteger size = space.size().points();
    this.points = points.map(BigInteger::valueOf).filter(count -> count.compareTo(size) < 0);
  }

  @Override
  protected List<Point> next(int count) {
    BigInteger size = space.size().points();
    BigInteger end = points.orElse(size);
    List<Point> found = new ArrayList<>();
    while (found.size() < count && next.compareTo(end) < 0) {
      BigInteger place = next;
      BigInteger rank = points.map(total -> place.multiply(size).divide(total)).orElse(place);
      space.point(rank).ifPresent(found::add);
      next = next.add(BigInteger.ONE);
    }
    return found;
  }

  @Override
  protected void skip(long suggested) {
    next = BigInteger.valueOf(suggested);
  }

  @Override
  protected void learn(List<Observation> observations) {}
}
