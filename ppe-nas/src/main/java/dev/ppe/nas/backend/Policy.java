package dev.ppe.nas.backend;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.space.Walk;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A distribution over the points of a space: a softmax for each parameter, over those of its
 * choices that the ones before it allow. Trained by Adam with beta1 = 0 and beta2 = 0.999.
 */
final class Policy {
  private static final double BETA = 0.999;
  private static final double EPSILON = 1e-8;
  private static final int ATTEMPTS = 1_000;

  private final SearchSpace space;
  private final double learningRate;
  private final double[][] logits;
  private final double[][] gradients;
  private final double[][] squares;
  private double decay = 1;

  Policy(SearchSpace space, double learningRate) {
    this.space = space;
    this.learningRate = learningRate;
    List<Parameter> parameters = space.parameters();
    logits = zeros(parameters);
    gradients = zeros(parameters);
    squares = zeros(parameters);
  }

  private static double[][] zeros(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> new double[parameter.size()])
        .toArray(double[][]::new);
  }

  /** A point, with the policy's probability. */
  Point draw(RandomGenerator random) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Walk walk = space.walk();
      while (!walk.isDone()) {
        walk.take(draw(probabilities(walk), random));
      }
      Optional<Point> point = space.finish(walk);
      if (point.isPresent()) {
        return point.get();
      }
    }
    return space.sample(random);
  }

  private static int draw(double[] probabilities, RandomGenerator random) {
    double rest = random.nextDouble();
    int last = 0;
    for (int c = 0; c < probabilities.length; c++) {
      if (probabilities[c] > 0) {
        last = c;
        rest -= probabilities[c];
        if (rest < 0) {
          return c;
        }
      }
    }
    return last; // rounding left a little
  }

  /** Probabilities of the choices at a walk's place; 0 for those that are not allowed. */
  private double[] probabilities(Walk walk) {
    double[] row = logits[walk.index()];
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < row.length; c++) {
      max = walk.allows(c) ? Math.max(max, row[c]) : max;
    }
    double[] result = new double[row.length];
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      result[c] = walk.allows(c) ? StrictMath.exp(row[c] - max) : 0;
      sum += result[c];
    }
    for (int c = 0; c < row.length; c++) {
      result[c] /= sum;
    }
    return result;
  }

  /** Adds the gradient of {@code advantage log p(point) + entropyWeight entropy}. */
  void reinforce(Point point, double advantage, double entropyWeight) {
    List<Integer> choices = point.encoding();
    for (Walk walk = space.walk(); !walk.isDone(); ) {
      int index = walk.index();
      double[] p = probabilities(walk);
      double entropy = entropy(p);
      for (int c = 0; c < p.length; c++) {
        if (p[c] > 0) {
          double logProbability = (choices.get(index) == c ? 1 : 0) - p[c];
          double spread = -p[c] * (StrictMath.log(p[c]) + entropy);
          gradients[index][c] += advantage * logProbability + entropyWeight * spread;
        }
      }
      walk.take(choices.get(index));
    }
  }

  private static double entropy(double[] p) {
    double entropy = 0;
    for (double each : p) {
      entropy -= each > 0 ? each * StrictMath.log(each) : 0;
    }
    return entropy;
  }

  /** Follows the gradient that was added up since the last step. */
  void step() {
    decay *= BETA;
    for (int i = 0; i < logits.length; i++) {
      for (int c = 0; c < logits[i].length; c++) {
        double gradient = gradients[i][c];
        squares[i][c] = BETA * squares[i][c] + (1 - BETA) * gradient * gradient;
        double scale = Math.sqrt(squares[i][c] / (1 - decay)) + EPSILON;
        logits[i][c] += learningRate * gradient / scale;
        gradients[i][c] = 0;
      }
    }
  }
}
