package dev.ppe.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Names of any length, as they are told. */
class NamesTest {
  @Test
  void aNameOfUsualLengthIsToldWhole() {
    String name = "n".repeat(Names.MOST);
    assertThat(Names.brief(name)).isEqualTo(name);
    assertThat(Names.brief("")).isEmpty();
  }

  @Test
  void aLongOneIsCutBetweenCharacters() {
    assertThat(Names.brief("n".repeat(Names.MOST + 1))).isEqualTo("n".repeat(Names.MOST) + "...");
    String pairs = "n" + "\ud83d\ude00".repeat(Names.MOST);
    assertThat(Names.brief(pairs)).isEqualTo(pairs.substring(0, Names.MOST - 1) + "...");
  }

  @Test
  void anOperatorOfAModelsOwnIsCalledSomethingShort() {
    assertThat(new Operator.Custom("n".repeat(256)).name()).hasSize(256);
    assertThatThrownBy(() -> new Operator.Custom("n".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "custom operator \"%s...\": its name is 257 long, must be 256 at most"
                .formatted("n".repeat(32)));
  }
}
