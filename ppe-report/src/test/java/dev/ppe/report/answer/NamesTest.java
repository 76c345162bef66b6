package dev.ppe.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void whatFitsStays() {
    assertThat(Names.shorten("conv2d", 6)).isEqualTo("conv2d");
  }

  @Test
  void ofAPathTheStartStays() {
    assertThat(Names.shorten("expanded_conv_13/depthwise/Relu6", 20))
        .isEqualTo("expanded_conv_13/...");
  }

  @Test
  void ofOtherNamesBothEndsStay() {
    assertThat(Names.shorten("abcdefghijklmnop", 9)).isEqualTo("abc...nop");
  }

  @Test
  void ofJoinedNamesTheFirstStays() {
    assertThat(Names.shorten("conv/Relu;conv/BatchNorm;conv/Conv2D", 10)).isEqualTo("conv/Relu");
  }

  @Test
  void noWidthIsTooSmall() {
    for (int width = 0; width < 12; width++) {
      assertThat(Names.shorten("a/long/name/of/a/layer", width)).hasSizeLessThanOrEqualTo(width);
    }
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    assertThat(Names.printable("a\u001b[31mb\nc")).isEqualTo("a?[31mb?c");
  }
}
