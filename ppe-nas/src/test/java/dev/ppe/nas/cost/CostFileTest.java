package dev.ppe.nas.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of cost models: what was written is read, whatever else is refused. */
class CostFileTest {
  private static final Map<ModelKind, LearnedCosts> MODELS = new EnumMap<>(ModelKind.class);

  @BeforeAll
  static void train() {
    for (ModelKind kind : ModelKind.values()) {
      MODELS.put(kind, Costs.learned(Costs.trainer(), kind, Costs.labelled().subList(0, 60)));
    }
  }

  private static String text(ModelKind kind) {
    return CostFileWriter.write(MODELS.get(kind));
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void aModelThatWasReadPredictsTheSameToTheLastBit(ModelKind kind) {
    LearnedCosts written = MODELS.get(kind);
    LearnedCosts read = CostFileReader.read("m.json", text(kind));
    assertThat(read.origin()).isEqualTo(Costs.ORIGIN);
    assertThat(read.fits(Costs.MODELS.space())).isTrue();
    assertThat(read.fits(Spaces.find("fbnet").orElseThrow().space())).isFalse();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 50; i++) {
      Point point = Costs.MODELS.space().sample(random);
      assertThat(read.costs(point, () -> Costs.MODELS.graph(point)))
          .isEqualTo(written.costs(point, () -> Costs.MODELS.graph(point)));
    }
    assertThat(CostFileWriter.write(read)).isEqualTo(text(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":1|\"version\":2|m.json: is of version 2.0, this program knows version 1",
        "ppe-cost-model|something|m.json: is no cost model",
        "\"metric\":\"latency\"|\"metric\":\"latencie\"|a metric \"latencie\" that is none",
        "\"metric\":\"latency\"|\"metric\":\"macs\"|macs is counted exactly",
        "\"metric\":\"latency\"|\"metric\":\"energy\"|models[1] is of energy, as one before: each metric has one model",
        "\"kind\":\"linear\"|\"kind\":\"cubic\"|a kind \"cubic\" that is none",
        "\"constant\":|\"constant\":\"x\",\"c\":|models[0].constant must have finite numbers",
        "\"constant\":|\"constant\":1e999,\"c\":|models[0].constant must have finite numbers",
        "\"samples\":60|\"samples\":-1|models[0].samples has -1.0 where a whole number",
        "\"weights\":[|\"weights\":[[0,1],|models[0].weights has 7 groups, must have 6",
        "\"hinges\":[|\"hinges\":[[1]|models[0].hinges[0] must be input, knot and slope",
        "\"hinges\":[|\"hinges\":[[99999,0,1]|reads an input that is not there",
        "\"trees\":[|\"trees\":[[]|tree 0 has no nodes",
        "\"trees\":[|\"trees\":[[[0,1,0,0]]|node 0 of tree 0 goes on with 0 and 0",
        "\"trees\":[|\"trees\":[[[1e39]]|models[0].trees[0][0] must have numbers of 32 bits",
        "\"width\"|\"s.channels\"|m.json: has two parameters of one name",
      })
  void mistakesAreSaidWithFileAndField(String old, String other, String message) {
    String changed = text(ModelKind.LINEAR).replaceFirst(Pattern.quote(old), other);
    assertThatThrownBy(() -> CostFileReader.read("m.json", changed))
        .isInstanceOf(CostFileException.class)
        .hasMessageStartingWith("m.json: ")
        .hasMessageContaining(message);
  }

  /** Two million combinations, which a file of some kilobytes may leave at 0. */
  @Test
  void modelsThatWouldTakeTooMuchRoomAreRefusedBeforeTheyDo() {
    String choices =
        IntStream.range(0, 27).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
    String parameters =
        Stream.of("a", "b", "c")
            .map(
                name ->
                    "{\"name\":\"%s\",\"choices\":[%s],\"conditional\":false}"
                        .formatted(name, choices))
            .collect(Collectors.joining(","));
    String quantities =
        Stream.generate(() -> "{\"name\":\"macs\",\"values\":[[]]}")
            .limit(8)
            .collect(Collectors.joining(","));
    String hostile =
        """
        {"format":"ppe-cost-model","version":1,"space":"s","space_sha256":"0",
         "accelerator":"a","accelerator_sha256":"0","fidelity":"cycle","simulator":"1",
         "parameters":[%s],
         "groups":[%s],
         "models":[{"metric":"latency","kind":"linear","samples":60,"constant":0,
          "weights":[[]],"quantities":[%s],"hinges":[],"trees":[]}]}
        """
            .formatted(
                parameters,
                Stream.generate(() -> "{\"name\":\"g\",\"parameters\":[\"a\",\"b\",\"c\"]}")
                    .limit(100)
                    .collect(Collectors.joining(",")),
                quantities);
    assertThatThrownBy(() -> CostFileReader.read("m.json", hostile))
        .isInstanceOf(CostFileException.class)
        .hasMessageContaining("models[0] needs room for");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String text : List.of("", "[]", "null", "{", "latency", "[".repeat(100_000))) {
      assertThatThrownBy(() -> CostFileReader.read("m.json", text))
          .isInstanceOf(CostFileException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void mutatedFilesAreReadOrRefused(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts = MODELS.values().stream().map(CostFileWriter::write).toList();
    int read = 0;
    for (int i = 0; i < 100; i++) {
      StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
      for (int m = random.nextInt(4); m >= 0; m--) {
        mutate(text, random);
      }
      try {
        LearnedCosts costs = CostFileReader.read("m.json", text.toString());
        read++;
        if (costs.fits(Costs.MODELS.space())) {
          Point point = Costs.MODELS.space().sample(random);
          costs.models().forEach(model -> model.predictor().predict(point));
          OnnxExport.write(costs);
        }
      } catch (CostFileException e) {
        assertThat(e.getMessage()).startsWith("m.json: ").doesNotContain("null", "Exception");
      }
    }
    assertThat(read).isBetween(1, 99);
  }

  private static void mutate(StringBuilder text, SplittableRandom random) {
    String letters = "019.-e,[]{}\":tfn\u0000";
    int at = random.nextInt(text.length());
    int to = Math.min(text.length(), at + random.nextInt(30));
    switch (random.nextInt(4)) {
      case 0 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
      case 1 -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
      case 2 -> text.delete(at, to);
      default -> text.insert(at, text.substring(at, to));
    }
  }

  @Test
  void aModelSaysWhatItIsNotFor() {
    Origin other = new Origin("small", "0a", "coral-usb", "0c", "analytical", "1.0");
    assertThat(Costs.ORIGIN.differenceTo(other))
        .contains("it was trained for the accelerator tensor-g1, not coral-usb");
    Origin changed = new Origin("small", "ff", "tensor-g1", "0b", "analytical", "1.0");
    assertThat(Costs.ORIGIN.differenceTo(changed))
        .contains("it was trained for another space small, with other description");
    Origin exact = new Origin("small", "0a", "tensor-g1", "0b", "cycle", "1.0");
    assertThat(Costs.ORIGIN.differenceTo(exact))
        .contains("it was trained for the fidelity analytical, not cycle");
    Origin newer = new Origin("small", "0a", "tensor-g1", "0b", "analytical", "2.0");
    assertThat(Costs.ORIGIN.differenceTo(newer)).isEmpty();
  }
}
