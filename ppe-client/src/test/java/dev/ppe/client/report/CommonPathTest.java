package dev.ppe.client.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommonPathTest {
  @Test
  void itIsThatOfMostNames() {
    CommonPath path = CommonPath.of(List.of("m/v/a/x", "m/v/b/x", "softmax"));
    assertThat(path.path()).isEqualTo("m/v/");
    assertThat(path.strip("m/v/a/x")).isEqualTo("a/x");
    assertThat(path.strip("softmax")).isEqualTo("softmax");
    assertThat(path.strip("m/v/")).isEqualTo("m/v/");
    assertThat(path.column("operator", "in").title()).isEqualTo("in m/v/");
  }

  @Test
  void halfOfTheNamesAreNotMost() {
    assertThat(CommonPath.of(List.of("a/x", "b/y")).path()).isEmpty();
    assertThat(CommonPath.of(List.of()).path()).isEmpty();
    assertThat(CommonPath.of(List.of("a", "b")).column("operator", "in").title())
        .isEqualTo("operator");
  }

  @Test
  void aLongOneIsShortenedInTheTitle() {
    assertThat(
            new CommonPath("mobilenetv2_1.00_224/").column("slowest layers", "slowest in").title())
        .hasSizeLessThanOrEqualTo(26);
  }
}
