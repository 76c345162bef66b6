package dev.ppe.client.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.report.compare.Alignment.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignmentTest {
  private static Alignment.Key layer(String name, String kind, String shape) {
    return new Alignment.Key(name, kind, shape, 1);
  }

  private static Alignment.Key conv(String name) {
    return layer(name, "conv+relu", "1x8x8x16");
  }

  /** Names of partners, {@code -} for none. */
  private static List<String> pairs(List<Alignment.Key> first, List<Alignment.Key> second) {
    return Alignment.of(first, second).stream()
        .map(match -> name(first, match.first()) + " " + name(second, match.second()))
        .toList();
  }

  private static String name(List<Alignment.Key> keys, OptionalInt index) {
    return index.isPresent() ? keys.get(index.getAsInt()).name() : "-";
  }

  @Test
  void equalNetworksArePairedLayerByLayer() {
    List<Alignment.Key> layers = List.of(conv("a"), conv("b"), conv("b"));

    assertThat(pairs(layers, layers)).containsExactly("a a", "b b", "b b");
  }

  @Test
  void aLayerThatWasPutInHasNoPartner() {
    assertThat(
            pairs(
                List.of(conv("a"), conv("b"), conv("c")),
                List.of(conv("a"), conv("b"), layer("new", "add", "1x8x8x16"), conv("c"))))
        .containsExactly("a a", "b b", "- new", "c c");
  }

  @Test
  void aLayerOfTheSameKindThatWasPutInDoesNotTakeAnothersPlace() {
    assertThat(
            pairs(
                List.of(conv("a"), conv("b"), conv("c")),
                List.of(conv("a"), conv("x"), conv("b"), conv("c"))))
        .containsExactly("a a", "- x", "b b", "c c");
  }

  @Test
  void aLayerThatWasTakenOutHasNoPartner() {
    assertThat(pairs(List.of(conv("a"), conv("b"), conv("c")), List.of(conv("a"), conv("c"))))
        .containsExactly("a a", "b -", "c c");
  }

  @Test
  void otherNamesArePairedByKindAndShape() {
    assertThat(
            pairs(
                List.of(
                    layer("conv_1", "conv", "1x8x8x16"),
                    layer("dw_1", "depthwise-conv", "1x8x8x16"),
                    layer("conv_2", "conv", "1x4x4x32")),
                List.of(
                    layer("stem", "conv+relu", "1x8x8x16"),
                    layer("pool", "max-pool", "1x4x4x16"),
                    layer("head", "conv+relu", "1x4x4x32"))))
        .containsExactly("conv_1 stem", "dw_1 -", "- pool", "conv_2 head");
  }

  /** A convolution of another stage is not what became of a layer. */
  @Test
  void otherNamesOfOneKindAreNoPartnersIfMapAndWorkAreOthers() {
    assertThat(
            pairs(
                List.of(new Alignment.Key("s3/pointwise", "conv", "1x14x14x512", 51_000_000)),
                List.of(new Alignment.Key("s6/expand", "conv", "1x7x7x960", 7_500_000))))
        .containsExactly("s3/pointwise -", "- s6/expand");
    assertThat(
            pairs(
                List.of(new Alignment.Key("s3/pointwise", "conv", "1x14x14x512", 51_000_000)),
                List.of(
                    new Alignment.Key("a", "conv", "1x14x14x200", 20_000_000),
                    new Alignment.Key("b", "conv", "1x7x7x960", 7_500_000))))
        .containsExactly("s3/pointwise a", "- b");
    assertThat(
            pairs(
                List.of(new Alignment.Key("a", "conv", "1x14x14x512", 51_000_000)),
                List.of(new Alignment.Key("b", "conv", "1x14x14x64", 6_000_000))))
        .containsExactly("a -", "- b");
    assertThat(
            pairs(
                List.of(new Alignment.Key("a", "conv", "1x14x14x512", 51_000_000)),
                List.of(new Alignment.Key("b", "conv", "1x12x12x512", 37_000_000))))
        .containsExactly("a b");
  }

  @Test
  void aLayerOfAnotherKindIsPairedByItsName() {
    assertThat(
            pairs(
                List.of(conv("a"), layer("b", "conv", "1x8x8x16"), conv("c")),
                List.of(conv("a"), layer("b", "group-conv", "1x8x8x16"), conv("c"))))
        .containsExactly("a a", "b b", "c c");
  }

  @Test
  void nothingAlikeIsPairedWithNothing() {
    assertThat(
            pairs(List.of(layer("a", "conv", "1x8x8x16")), List.of(layer("b", "add", "1x8x8x16"))))
        .containsExactly("a -", "- b");
    assertThat(pairs(List.of(), List.of(conv("a")))).containsExactly("- a");
    assertThat(pairs(List.of(), List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyLayerStandsThereOnceAndInItsOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      List<Alignment.Key> first = random(random, random.nextInt(30));
      List<Alignment.Key> second = random(random, random.nextInt(30));

      List<Match> matches = Alignment.of(first, second);

      assertThat(matches.stream().flatMapToInt(match -> match.first().stream()))
          .containsExactlyElementsOf(indices(first));
      assertThat(matches.stream().flatMapToInt(match -> match.second().stream()))
          .containsExactlyElementsOf(indices(second));
    }
  }

  @Test
  void thousandsOfLayersThatDifferAllOverArePairedWhereTheyAreTheSame() {
    List<Alignment.Key> first = new ArrayList<>();
    List<Alignment.Key> second = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      first.add(i % 3 == 0 ? conv("common" + i) : conv("first" + i));
      second.add(i % 3 == 0 ? conv("common" + i) : layer("second" + i, "add", "1x8x8x16"));
    }

    List<Match> matches = Alignment.of(first, second);

    assertThat(
            matches.stream()
                .filter(match -> match.first().isPresent() && match.second().isPresent()))
        .hasSize(6_667)
        .allSatisfy(
            match -> assertThat(match.first().getAsInt()).isEqualTo(match.second().getAsInt()));
  }

  private static List<Alignment.Key> random(SplittableRandom random, int count) {
    List<Alignment.Key> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(
          layer(
              "n" + random.nextInt(12),
              List.of("conv", "conv+relu", "add").get(random.nextInt(3)),
              "1x" + random.nextInt(3)));
    }
    return keys;
  }

  private static List<Integer> indices(List<Alignment.Key> keys) {
    return IntStream.range(0, keys.size()).boxed().toList();
  }
}
