package dev.ppe.simulator.hardware;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Reads an accelerator's description from YAML: {@link AcceleratorFields} has what it holds. */
public final class AcceleratorYaml {
  /** The longest description that is read, in characters. */
  public static final int MAX_LENGTH = 1 << 16;

  /** Strict where YAML is not: a second value of a field, or a second document, is a mistake. */
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private AcceleratorYaml() {}

  /**
   * Reads a description.
   *
   * @param source the file's name, for messages
   * @param yaml the text
   * @throws IllegalArgumentException naming the source, the field and the values it may take
   */
  public static Accelerator read(String source, String yaml) {
    if (yaml.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%s: %d characters long, the limit is %d".formatted(source, yaml.length(), MAX_LENGTH));
    }
    try {
      return AcceleratorFields.read(YamlObject.root(MAPPER.readTree(yaml)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(source + ": " + YamlFaults.describe(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }
}
