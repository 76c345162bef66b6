package dev.ppe.simulator.calibration;

import dev.ppe.simulator.calibration.Predictor.Question;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks for the rows' figures at points, and for the slopes around them; never twice the same. */
final class Experiment {
  /** A variable is varied by so much both ways. */
  private static final double STEP = 0.05;

  private final AcceleratorDocument document;
  private final int rows;
  private final Predictor predictor;
  private final Map<Question, Double> known = new HashMap<>();

  Experiment(AcceleratorDocument document, int rows, Predictor predictor) {
    this.document = document;
    this.rows = rows;
    this.predictor = predictor;
  }

  /** The description with the variables' constants. */
  AcceleratorDocument document(List<Variable> variables, double[] x) {
    AcceleratorDocument changed = document;
    for (int j = 0; j < x.length; j++) {
      Variable variable = variables.get(j);
      changed = changed.with(variable.parameter().path(), variable.value(x[j]));
    }
    return changed;
  }

  /** Of all rows, each in its quantity's unit. */
  double[] values(List<Variable> variables, double[] x) {
    return ask(questions(document(variables, x).accelerator()));
  }

  /** Figures and slopes around a point. */
  Linearization around(List<Variable> variables, double[] x) {
    List<Question> questions = new ArrayList<>(questions(document(variables, x).accelerator()));
    double[] steps = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double[] low = x.clone();
      low[j] = Math.max(variables.get(j).least(), x[j] - STEP);
      double[] high = x.clone();
      high[j] = Math.min(variables.get(j).most(), x[j] + STEP);
      steps[j] = high[j] - low[j];
      questions.addAll(questions(document(variables, low).accelerator()));
      questions.addAll(questions(document(variables, high).accelerator()));
    }
    double[] answers = ask(questions);
    double[] values = new double[rows];
    double[][] slopes = new double[rows][x.length];
    for (int i = 0; i < rows; i++) {
      values[i] = answers[i];
      for (int j = 0; j < x.length; j++) {
        double low = answers[(1 + 2 * j) * rows + i];
        double high = answers[(2 + 2 * j) * rows + i];
        slopes[i][j] = (high - low) / steps[j];
      }
    }
    return new Linearization(x.clone(), values, slopes);
  }

  private List<Question> questions(Accelerator accelerator) {
    List<Question> questions = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      questions.add(new Question(row, accelerator));
    }
    return questions;
  }

  /** Figures, in the order of the questions. */
  double[] ask(List<Question> questions) {
    List<Question> unknown =
        questions.stream().distinct().filter(question -> !known.containsKey(question)).toList();
    List<Double> answers = predictor.predict(unknown);
    for (int i = 0; i < unknown.size(); i++) {
      known.put(unknown.get(i), answers.get(i));
    }
    return questions.stream().mapToDouble(known::get).toArray();
  }
}
