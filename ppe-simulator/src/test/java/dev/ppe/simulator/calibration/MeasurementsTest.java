package dev.ppe.simulator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ppe.simulator.validation.data.DatasetException;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementsTest {
  private static Measurements read(String text) {
    return Measurements.read("measured.csv", text);
  }

  @Test
  void columnsMayStandInAnyOrderAmongOthers() {
    Measurements measurements =
        read("runs,Latency_ms,model\n100,2.5,mobilenet_v2\n100,1e1,\"a,b.tflite\"\n");

    assertThat(measurements.faults()).isEmpty();
    assertThat(measurements.rows())
        .containsExactly(
            new Measurement(2, "mobilenet_v2", OptionalInt.empty(), Quantity.LATENCY, 2.5),
            new Measurement(3, "a,b.tflite", OptionalInt.empty(), Quantity.LATENCY, 10));
  }

  @Test
  void spreadsheetsMayMarkTheirUnicodeAndEndLinesTheirWay() {
    assertThat(read("\uFEFFmodel,ms\r\nmobilenet_v2,2.5\r\n").rows()).hasSize(1);
  }

  @Test
  void oneModelMayBeMeasuredAtSeveralSizes() {
    Measurements measurements =
        read("model,input_size,ms\nresnet50,,48\nresnet50,299,85\nresnet50,160,25\n");

    assertThat(measurements.faults()).isEmpty();
    assertThat(measurements.rows())
        .extracting(Measurement::inputSize)
        .containsExactly(OptionalInt.empty(), OptionalInt.of(299), OptionalInt.of(160));
  }

  @Test
  void aLineMayHaveATimeAndAnEnergyOrOneOfThem() {
    Measurements measurements =
        read("model,ms,mJ\nmobilenet_v2,2.5,3.5\nresnet18,,9\nvgg16,296,\nsqueezenet,,\n");

    assertThat(measurements.of(Quantity.LATENCY))
        .extracting(Measurement::line, Measurement::value)
        .containsExactly(tuple(2, 2.5), tuple(4, 296.0));
    assertThat(measurements.of(Quantity.ENERGY))
        .extracting(Measurement::line, Measurement::value)
        .containsExactly(tuple(2, 3.5), tuple(3, 9.0));
    assertThat(measurements.faults())
        .extracting(Fault::toString)
        .containsExactly("line 5: squeezenet has neither ms nor mJ");
  }

  @Test
  void longTextsAreQuotedInPart() {
    assertThat(read("model,mJ\nvgg16," + "x".repeat(500) + "\n").faults())
        .extracting(Fault::toString)
        .containsExactly("line 2: vgg16: mJ is \"" + "x".repeat(60) + "...\", must be a number");
  }

  @Test
  void everyWrongLineIsNamed() {
    Measurements measurements =
        read(
            """
            model,ms
            mobilenet_v2,2.5
            resnet18,0
            resnet50,-3.5
            vgg16,soon
            squeezenet,NaN
            ,2.0
            mnasnet_a1
            mobilenet_v2,2.6
            inception_v1,1e30
            mnasnet_a1,1e-300
            densenet121,5
            """);

    assertThat(measurements.rows())
        .extracting(Measurement::model)
        .containsExactly("mobilenet_v2", "densenet121");
    assertThat(measurements.faults())
        .extracting(Fault::toString)
        .containsExactly(
            "line 3: resnet18: ms is 0, must be from 0.001 to 1000000: was it measured?",
            "line 4: resnet50: ms is -3.5, must be from 0.001 to 1000000: was it measured?",
            "line 5: vgg16: ms is \"soon\", must be a number",
            "line 6: squeezenet: ms is \"NaN\", must be a number",
            "line 7: names no model",
            "line 8: has 1 fields, the header has 2",
            "line 9: mobilenet_v2 stands in line 2 already; give each model one row, such as its"
                + " median",
            "line 10: inception_v1: ms is 1e30, must be from 0.001 to 1000000: was it measured?",
            "line 11: mnasnet_a1: ms is 1e-300, must be from 0.001 to 1000000: was it measured?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty; its first line must be model,ms",
        "'mobilenet_v2,2.5'|line 1: the header is \"mobilenet_v2,2.5\"; it must name a column model"
            + " and a column ms or mJ",
        "'model,ms,latency_ms'|line 1: has two columns \"ms\"",
        "'model,energy_mJ,mJ'|line 1: has two columns \"mj\"",
        "'model,seconds'|it must name a column model and a column ms or mJ",
        "'model,ms,model'|line 1: has two columns \"model\"",
        "'model,ms\n\"a,1'|a quotation does not end"
      })
  void whatIsNoTableIsSaid(String text, String expected) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("measured.csv: ")
        .hasMessageContaining(expected);
  }

  @Test
  void aThousandRowsAreTheMost() {
    assertThatThrownBy(() -> read("model,ms\n" + "a,1\n".repeat(1001)))
        .hasMessage("measured.csv: has 1001 rows, the limit is 1000");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void damagedTextIsReadOrRefusedAndNothingElse(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      StringBuilder text =
          new StringBuilder(
              "model,input_size,ms,mJ\nresnet50,299,48.5,60\n\"a,b\",,2e3,\nvgg16,,,296\n");
      for (int change = random.nextInt(1, 6); change > 0; change--) {
        int place = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(place);
          case 1 -> text.insert(place, ",\"\n\r\0e-+.9\uFEFF".charAt(random.nextInt(11)));
          default -> text.setCharAt(place, (char) random.nextInt(0x250));
        }
      }
      try {
        Measurements measurements = read(text.toString());
        assertThat(measurements.rows())
            .allSatisfy(row -> assertThat(row.value()).isPositive().isFinite());
      } catch (DatasetException e) {
        assertThat(e).hasMessageStartingWith("measured.csv: ");
      }
    }
  }
}
