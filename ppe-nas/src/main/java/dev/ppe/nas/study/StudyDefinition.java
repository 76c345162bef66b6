package dev.ppe.nas.study;

import dev.ppe.nas.backend.Backend;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.cost.Origin;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Fidelity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the trials of a study depend on, beside the simulator's version.
 *
 * @param space the whole description of the space, as YAML
 * @param settings of the back-end by name
 * @param batch how many points are asked for at a time
 * @param objective as {@link ObjectiveParser} reads it
 * @param accelerator the whole description
 * @param costs where the costs of candidates are from
 */
public record StudyDefinition(
    String space,
    BackendFactory backend,
    SortedMap<String, String> settings,
    int batch,
    String objective,
    long seed,
    Accelerator accelerator,
    Fidelity fidelity,
    QualityDefinition quality,
    CostDefinition costs) {
  /** A batch may have so many points. */
  public static final int MAX_BATCH = 10_000;

  public StudyDefinition {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException(
          "a batch has %d points, must have 1 to %d".formatted(batch, MAX_BATCH));
    }
  }

  /** A study whose costs are the service's. */
  public StudyDefinition(
      String space,
      BackendFactory backend,
      SortedMap<String, String> settings,
      int batch,
      String objective,
      long seed,
      Accelerator accelerator,
      Fidelity fidelity,
      QualityDefinition quality) {
    this(
        space,
        backend,
        settings,
        batch,
        objective,
        seed,
        accelerator,
        fidelity,
        quality,
        new CostDefinition.Service());
  }

  /** This study with costs from elsewhere. */
  public StudyDefinition with(CostDefinition others) {
    return new StudyDefinition(
        space, backend, settings, batch, objective, seed, accelerator, fidelity, quality, others);
  }

  /**
   * What its costs are costs of.
   *
   * @param simulator the version that says them
   */
  public Origin origin(String simulator) {
    return new Origin(
        modelSpace().name(),
        Hashes.sha256(space),
        accelerator.getName(),
        Hashes.sha256(DefinitionTable.json(accelerator)),
        fidelityWord(),
        simulator);
  }

  /** A request for costs, without a model. */
  public EstimateRequest options() {
    return EstimateRequest.newBuilder()
        .setAcceleratorSpec(accelerator)
        .setFidelity(fidelity)
        .build();
  }

  /**
   * The family of networks.
   *
   * @throws IllegalArgumentException if the description cannot be read
   */
  public ModelSpace modelSpace() {
    return SpaceReader.read("space", space);
  }

  /**
   * What is looked for.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public Objective goal() {
    return ObjectiveParser.parse(objective);
  }

  /** The fidelity as people write it: {@code cycle}. */
  public String fidelityWord() {
    return DefinitionTable.word(fidelity);
  }

  /** SHA-256 of the space's description: 64 lower-case hexadecimal digits. */
  public String spaceHash() {
    return Hashes.sha256(space);
  }

  /**
   * A back-end that has seen nothing yet.
   *
   * @throws IllegalArgumentException if it does not take these settings or goals
   */
  Backend newBackend(ModelSpace family, Objective goal) {
    return backend.create(family.space(), goal.goals().size(), settings, seed);
  }

  /**
   * What is different in another definition, if anything is: the first field with both values. How
   * long a quality command may take and how many run at a time is no difference.
   */
  public Optional<String> differenceTo(StudyDefinition other) {
    Map<String, String> own = fields();
    Map<String, String> others = other.fields();
    return own.entrySet().stream()
        .filter(field -> !field.getValue().equals(others.get(field.getKey())))
        .findFirst()
        .map(
            field ->
                isShort(field.getValue())
                    ? "%s is %s here and %s there"
                        .formatted(field.getKey(), field.getValue(), others.get(field.getKey()))
                    : field.getKey() + " is another one");
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("space", space);
    fields.put("backend", backend.word());
    fields.put("setting", settings.toString());
    fields.put("batch", Integer.toString(batch));
    fields.put("objective", objective);
    fields.put("seed", Long.toString(seed));
    fields.put("accelerator", accelerator.toString());
    fields.put("fidelity", fidelity.name());
    fields.put("quality", quality.identity());
    fields.put("costs", costs.identity());
    return fields;
  }

  private static boolean isShort(String value) {
    return value.length() <= 200 && !value.contains("\n");
  }
}
