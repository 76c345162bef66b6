package dev.ppe.nas.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Parameters and the constraints between them: all networks that a search may choose from.
 *
 * <pre>{@code
 * SearchSpace space =
 *     SearchSpace.builder()
 *         .add(Parameter.discrete("channels", 32, 48, 64))
 *         .add(Parameter.categorical("kind", "depthwise", "fused", "gc"))
 *         .add(Parameter.discrete("group_size", 32, 64, 128).when("kind == 'gc'"))
 *         .constraint("4 * channels % group_size == 0")
 *         .build();
 * Point point = space.sample(new SplittableRandom(1));
 * }</pre>
 *
 * <p>Where the constraints of a space are too entangled for a {@link DecisionDiagram} of reasonable
 * size, its points are drawn without them until one fits, and its size is an upper bound. Does not
 * change; safe for use by many threads.
 */
public final class SearchSpace {
  private final List<Constraint> constraints;
  private final Parameters parameters;
  private final Rules rules;
  private final DecisionDiagram diagram;
  private final boolean exact;

  private SearchSpace(List<Parameter> parameters, List<Constraint> constraints) {
    this.constraints = List.copyOf(constraints);
    this.parameters = new Parameters(parameters);
    rules = new Rules(this.parameters, constraints);
    Optional<DecisionDiagram> whole = DecisionDiagram.of(this.parameters, rules, true);
    exact = whole.isPresent();
    diagram =
        whole
            .or(() -> DecisionDiagram.of(this.parameters, rules, false))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the conditions of the space are too entangled: they read too many"
                            + " parameters at a distance"));
    if (diagram.size().signum() == 0) {
      throw new IllegalArgumentException(
          "the space has no valid point: its constraints contradict each other");
    }
  }

  /** A space under construction. */
  public static Builder builder() {
    return new Builder();
  }

  /** The parameters in their order: what a parameter's condition reads stands before it. */
  public List<Parameter> parameters() {
    return parameters.list();
  }

  /** The constraints between them. */
  public List<Constraint> constraints() {
    return constraints;
  }

  /** Whether there is a parameter of this name. */
  public boolean has(String name) {
    return parameters.index(name).isPresent();
  }

  /** How many valid points there are. */
  public Size size() {
    return new Size(diagram.size(), exact);
  }

  /**
   * The point at a place in lexicographic order.
   *
   * @param rank from 0 to one less than the {@link #size}
   * @return empty if constraints outside of the diagram forbid that point; never if the size is
   *     exact
   */
  public Optional<Point> point(BigInteger rank) {
    if (rank.signum() < 0 || rank.compareTo(diagram.size()) >= 0) {
      throw new IllegalArgumentException(
          "a point's rank is %s, must be from 0 and below %s".formatted(rank, diagram.size()));
    }
    BigInteger rest = rank;
    Walk walk = walk();
    while (!walk.isDone()) {
      int choice = 0;
      for (BigInteger points = walk.points(0); rest.compareTo(points) >= 0; ) {
        rest = rest.subtract(points);
        choice++;
        points = walk.points(choice);
      }
      walk.take(choice);
    }
    return finish(walk);
  }

  /** The place of a point in lexicographic order: the reverse of {@link #point(BigInteger)}. */
  public BigInteger rank(Point point) {
    requireOwn(point);
    BigInteger rank = BigInteger.ZERO;
    for (Walk walk = walk(); !walk.isDone(); ) {
      int chosen = point.choice(walk.index());
      for (int choice = 0; choice < chosen; choice++) {
        rank = rank.add(walk.points(choice));
      }
      walk.take(chosen);
    }
    return rank;
  }

  /** A valid point, each with the same probability. */
  public Point sample(RandomGenerator random) {
    return Attempts.first(() -> point(Dice.below(diagram.size(), random)));
  }

  /** A point that differs in one parameter, and in what must follow from that. */
  public Point mutate(Point point, RandomGenerator random) {
    requireOwn(point);
    return Attempts.first(() -> new Variation(this, random).mutate(point));
  }

  /** A point whose choices are those of either parent, as far as they go together. */
  public Point crossOver(Point first, Point second, RandomGenerator random) {
    requireOwn(first);
    requireOwn(second);
    return Attempts.first(() -> new Variation(this, random).crossOver(first, second));
  }

  /**
   * The points that differ in one parameter, and in what must follow from that: parameters that
   * come into use, or whose choice is not allowed any more, take their first choice that is.
   */
  public List<Point> neighbours(Point point) {
    requireOwn(point);
    return Neighbourhood.of(this, point);
  }

  /**
   * This space with fewer choices: what an analysis of blocks leaves, or an ablation.
   *
   * @param kept labels of the choices to keep, by the name of the parameter
   * @throws IllegalArgumentException if there is no such parameter or choice, or no point is left
   */
  public SearchSpace restricted(Map<String, List<String>> kept) {
    for (String name : kept.keySet()) {
      if (!has(name)) {
        throw new IllegalArgumentException("the space has no parameter \"%s\"".formatted(name));
      }
    }
    return new SearchSpace(
        parameters().stream()
            .map(
                parameter ->
                    kept.containsKey(parameter.name())
                        ? parameter.restricted(kept.getOrDefault(parameter.name(), List.of()))
                        : parameter)
            .toList(),
        constraints);
  }

  /** A way through the space, step by step. */
  public Walk walk() {
    return new Walk(parameters, diagram);
  }

  /** The point of a walk that is done; empty if constraints outside of the diagram forbid it. */
  public Optional<Point> finish(Walk walk) {
    Point point = walk.point();
    return exact || broken(point.copyOfChoices()).isEmpty() ? Optional.of(point) : Optional.empty();
  }

  /**
   * The point that {@link Point#encoding} wrote.
   *
   * @throws IllegalArgumentException if it is no valid point of this space, saying why
   */
  public Point decode(List<Integer> encoding) {
    if (encoding.size() != parameters.count()) {
      throw new IllegalArgumentException(
          "a point has %d numbers, must have %d".formatted(encoding.size(), parameters.count()));
    }
    int[] choices = new int[parameters.count()];
    for (int i = 0; i < choices.length; i++) {
      Parameter parameter = parameters.get(i);
      choices[i] = encoding.get(i);
      if (choices[i] < Parameters.NOT_IN_USE || choices[i] >= parameter.size()) {
        throw new IllegalArgumentException(
            "%s has no choice %d, only 0 to %d"
                .formatted(parameter.name(), choices[i], parameter.size() - 1));
      }
      requireUse(i, choices);
    }
    return checked(choices);
  }

  /**
   * The point that {@link Point#assignment} wrote.
   *
   * @throws IllegalArgumentException if it is no valid point of this space, saying why
   */
  public Point point(Map<String, String> assignment) {
    int[] choices = new int[parameters.count()];
    Arrays.fill(choices, Parameters.NOT_IN_USE);
    for (Map.Entry<String, String> entry : assignment.entrySet()) {
      int index =
          parameters
              .index(entry.getKey())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the space has no parameter \"%s\"".formatted(entry.getKey())));
      choices[index] =
          parameters
              .get(index)
              .choice(entry.getValue())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s has no choice \"%s\"".formatted(entry.getKey(), entry.getValue())));
    }
    for (int i = 0; i < choices.length; i++) {
      requireUse(i, choices);
    }
    return checked(choices);
  }

  private void requireUse(int index, int[] choices) {
    boolean used = rules.uses(index, choices);
    if (used != (choices[index] != Parameters.NOT_IN_USE)) {
      throw new IllegalArgumentException(
          "%s is %s".formatted(parameters.get(index).name(), used ? "missing" : "not in use here"));
    }
  }

  private Point checked(int[] choices) {
    Optional<String> broken = broken(choices);
    if (broken.isPresent()) {
      throw new IllegalArgumentException(broken.get() + " does not hold");
    }
    return new Point(parameters, choices);
  }

  private Optional<String> broken(int[] choices) {
    for (int i = 0; i < choices.length; i++) {
      Optional<String> broken = rules.broken(i, choices);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private void requireOwn(Point point) {
    if (!point.isOf(parameters)) {
      throw new IllegalArgumentException("the point is of another space");
    }
  }

  /** Collects parameters and constraints. */
  public static final class Builder {
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();

    private Builder() {}

    /** Adds a parameter behind those that are there. */
    public Builder add(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    /** Adds a constraint. */
    public Builder constraint(Constraint constraint) {
      constraints.add(constraint);
      return this;
    }

    /** Adds a constraint that {@linkplain Constraint#of reads} so. */
    public Builder constraint(String text) {
      return constraint(Constraint.of(text));
    }

    /**
     * Adds the parameters of a fixed number of blocks.
     *
     * @param body adds those of a block to the builder, with names that begin with the prefix it is
     *     given: {@code name0.}, {@code name1.} and so on
     */
    public Builder repeat(String name, int times, BiConsumer<Builder, String> body) {
      for (int i = 0; i < times; i++) {
        body.accept(this, name + i + ".");
      }
      return this;
    }

    /**
     * The space.
     *
     * @throws IllegalArgumentException if names clash, a condition or constraint reads what is not
     *     there, or no point is valid
     */
    public SearchSpace build() {
      return new SearchSpace(parameters, constraints);
    }
  }
}
