package dev.ppe.nas.study;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.v1.Fidelity;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small study, and what became of its trials. */
final class Studies {
  static final String SPACE =
      """
      name: tiny
      description: two blocks
      image: 32
      body:
        - {parameter: channels, one_of: [32, 64, 96]}
        - {layer: conv, name: stem, kernel: 3, stride: 2, channels: 32, activation: relu}
        - repeat: b
          times: {from: 1, to: 2}
          body:
            - {parameter: kind, one_of: [depthwise, fused, grouped]}
            - {parameter: kernel, one_of: [3, 5, 7]}
            - {parameter: group_size, one_of: [32, 64], when: "kind == 'grouped'"}
            - {layer: bottleneck, kind: kind, expansion: 4, channels: channels, kernel: kernel,
               group_size: "kind == 'grouped' ? group_size : 32", stride: "index == 0 ? 2 : 1"}
        - {layer: global_pool}
        - {layer: dense, units: 10}
      """;

  private Studies() {}

  static StudyDefinition definition(BackendFactory backend) {
    return definition(backend, "quality, latency<=100us", new TreeMap<>());
  }

  static StudyDefinition definition(
      BackendFactory backend, String objective, SortedMap<String, String> settings) {
    try (PpeClient client = client()) {
      return new StudyDefinition(
          SPACE,
          backend,
          settings,
          backend.batch(),
          objective,
          7,
          client.getAccelerator("tensor-g1"),
          Fidelity.FIDELITY_ANALYTICAL,
          new QualityDefinition.Proxy());
    }
  }

  /** A usual study with another source of quality. */
  static StudyDefinition withQuality(QualityDefinition quality) {
    StudyDefinition usual = definition(BackendFactory.RANDOM);
    return new StudyDefinition(
        usual.space(),
        usual.backend(),
        usual.settings(),
        usual.batch(),
        usual.objective(),
        usual.seed(),
        usual.accelerator(),
        usual.fidelity(),
        quality);
  }

  static PpeClient client() {
    return PpeClient.inProcess(Duration.ofMinutes(1));
  }

  /** The trials of an uninterrupted search. */
  static List<String> whole(StudyDefinition definition, long trials) throws InterruptedException {
    try (StudyFile file = StudyFile.inMemory(definition, trials);
        PpeClient client = client()) {
      return dump(new StudyRun(file, client::estimate, 2, false, StudyListener.NONE).run());
    }
  }

  /** All trials as text, to the last digit. */
  static List<String> dump(Study study) {
    return study.done().stream().map(Trial::toString).toList();
  }
}
