package dev.ppe.nas.katib;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.foreign.katib.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The experiment of docs/search.md is one that is searched. */
class DocumentedExperimentTest {
  @Test
  void itIsSearched() throws Exception {
    String docs = Files.readString(Path.of("../docs/search.md"));
    int begin = docs.indexOf("apiVersion: kubeflow.org/v1beta1");
    String text = docs.substring(begin, docs.indexOf("```", begin));
    Map<?, ?> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    Experiment experiment = experiment(map(yaml, "metadata"), map(yaml, "spec"));
    Suggestions.validate(experiment);
    int count = (Integer) map(yaml, "spec").get("parallelTrialCount");
    assertThat(
            Suggestions.answer(Experiments.request(experiment, count, count, List.of()))
                .getParameterAssignmentsList())
        .hasSize(count);
  }

  /** As Katib's controller converts it, field by field. */
  private static Experiment experiment(Map<?, ?> metadata, Map<?, ?> spec)
      throws InvalidProtocolBufferException {
    Experiment.Builder experiment =
        Experiment.newBuilder().setName(metadata.get("name").toString());
    Map<String, Object> objective = new TreeMap<>();
    map(spec, "objective")
        .forEach((name, value) -> objective.put(name.toString(), capitals("type", name, value)));
    JsonFormat.parser().merge(json(objective), experiment.getSpecBuilder().getObjectiveBuilder());
    JsonFormat.parser()
        .merge(json(map(spec, "algorithm")), experiment.getSpecBuilder().getAlgorithmBuilder());
    for (Object parameter : (List<?>) spec.get("parameters")) {
      Map<String, Object> fields = new TreeMap<>();
      ((Map<?, ?>) parameter)
          .forEach(
              (name, value) -> fields.put(name.toString(), capitals("parameterType", name, value)));
      JsonFormat.parser()
          .merge(
              json(fields),
              experiment.getSpecBuilder().getParameterSpecsBuilder().addParametersBuilder());
    }
    return experiment.build();
  }

  private static Object capitals(String field, Object name, Object value) {
    return name.equals(field) ? value.toString().toUpperCase(Locale.ROOT) : value;
  }

  private static String json(Map<?, ?> map) {
    return new com.google.gson.Gson().toJson(map);
  }

  private static Map<?, ?> map(Map<?, ?> parent, String field) {
    return (Map<?, ?>) parent.get(field);
  }
}
