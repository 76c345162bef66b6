package dev.ppe.client.cli;

import dev.ppe.client.report.Answer;
import dev.ppe.client.report.AnswerWriter;
import dev.ppe.v1.EstimateResponse;

/**
 * Passes answers on as they would be if no file beside them had asked for more.
 *
 * @param answers prints them
 * @param layers whether they would have layers
 */
record WithoutTimeline(AnswerWriter answers, boolean layers) implements AnswerWriter {
  @Override
  public void begin() {
    answers.begin();
  }

  @Override
  public void write(Answer answer) {
    EstimateResponse.Builder printed = answer.response().toBuilder().clearTimeline();
    answers.write(answer.with(layers ? printed.build() : printed.clearLayers().build()));
  }

  @Override
  public void end() {
    answers.end();
  }
}
