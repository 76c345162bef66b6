package dev.ppe.nas.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Point;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime predicts from exported models what they predict. */
class OnnxExportTest {
  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void predictionsAreEqualWithinTheRoundingOfFloats(ModelKind kind) throws OrtException {
    LearnedCosts costs = Costs.learned(Costs.trainer(), kind, Costs.labelled());
    SplittableRandom random = new SplittableRandom(6);
    List<Point> points =
        Stream.generate(() -> Costs.MODELS.space().sample(random)).limit(64).toList();
    long[][] choices =
        points.stream()
            .map(point -> point.encoding().stream().mapToLong(Integer::longValue).toArray())
            .toArray(long[][]::new);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = ENVIRONMENT.createSession(OnnxExport.write(costs), options);
        OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, choices);
        OrtSession.Result result = session.run(Map.of("choices", input))) {
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("space", "small")
          .containsEntry("accelerator_sha256", "0b");
      for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY)) {
        double[][] theirs =
            (double[][]) result.get(OnnxExport.output(metric)).orElseThrow().getValue();
        assertThat(theirs).hasNumberOfRows(64);
        for (int i = 0; i < points.size(); i++) {
          double own = costs.costs(points.get(i), () -> null).get(metric);
          assertThat(theirs[i][0]).as("%s of %s", metric, i).isCloseTo(own, within(1e-5 * own));
        }
      }
    }
  }
}
