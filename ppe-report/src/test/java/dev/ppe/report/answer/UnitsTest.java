package dev.ppe.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0.002, 2.00 ns", "0, 0 ns", "1.04, 1.04 us", "92.04, 92.0 us", "999.4, 999 us",
    "999.6, 1.00 ms", "1040, 1.04 ms", "99960, 100 ms", "1e6, 1.00 s", "3e9, 3000 s"
  })
  void timeHasThreeDigits(double micros, String text) {
    assertThat(Units.TIME.format(micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1001, 1001 B", "1024, 1.00 KiB", "145408, 142 KiB", "6279922, 5.99 MiB"})
  void bytesAreBinary(long bytes, String text) {
    assertThat(Units.BYTES.format(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "999, 999", "1000, 1.00 k", "5990000, 5.99 M", "1198000000, 1.20 G"})
  void countsAreDecimal(long count, String text) {
    assertThat(Units.COUNT.format(count)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 %", "0.0001, <0.1 %", "0.0886, 8.9 %", "0.0996, 10 %", "0.58, 58 %"})
  void sharesAreWholeFromTenOn(double share, String text) {
    assertThat(Units.percent(share)).isEqualTo(text);
  }

  @Test
  void aColumnHasTheUnitOfItsLargestAndThreeDigitsOfEach() {
    assertThat(Units.TIME.format(3.1, 4200)).isEqualTo("0.00 ms");
    assertThat(Units.TIME.format(3.14, 92)).isEqualTo("3.14 us");
  }

  @Test
  void theLocaleMakesNoDifference() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Units.TIME.format(1040)).isEqualTo("1.04 ms");
    } finally {
      Locale.setDefault(before);
    }
  }
}
