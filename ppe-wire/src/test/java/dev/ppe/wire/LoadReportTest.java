package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Load reports as bytes. That they are ORCA's, the client's tests against grpc-xds show. */
class LoadReportTest {
  private static final LoadReport REPORT = new LoadReport(0.25, 0.75, 12.5, 0.5);

  private static UnknownFieldSet.Builder withCpu(double value) {
    return UnknownFieldSet.newBuilder()
        .addField(1, Field.newBuilder().addFixed64(Double.doubleToRawLongBits(value)).build());
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(LoadReport.parse(REPORT.toBytes())).hasValue(REPORT);
    assertThat(new LoadReport(0, 0, 0, 0).toBytes()).isEmpty();
    assertThat(LoadReport.parse(new byte[0])).hasValue(new LoadReport(0, 0, 0, 0));
  }

  @Test
  void fieldsOfOtherServersAreSkipped() {
    ByteString entry = ByteString.copyFromUtf8("no map entry");
    UnknownFieldSet more =
        withCpu(0.5)
            .addField(3, Field.newBuilder().addVarint(7).build())
            .addField(4, Field.newBuilder().addLengthDelimited(entry).build())
            .addField(6, Field.newBuilder().addVarint(9).build()) // of another type
            .addField(77, Field.newBuilder().addFixed32(1).build())
            .build();
    assertThat(LoadReport.parse(more.toByteArray())).hasValue(new LoadReport(0.5, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 1.1e12})
  void figuresThatCannotBeMakeNoReport(double value) {
    assertThat(LoadReport.parse(withCpu(value).build().toByteArray())).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoadReport(value, 0, 0, 0))
        .withMessageContaining("between 0 and 10^12");
  }

  @Test
  void aLongOneIsNotRead() {
    Field filling =
        Field.newBuilder().addLengthDelimited(ByteString.copyFrom(new byte[1 << 20])).build();
    assertThat(LoadReport.parse(withCpu(0.5).addField(8, filling).build().toByteArray())).isEmpty();
  }

  @Test
  void anyBytesGiveAReportOrNone() {
    Random random = new Random(7);
    for (int round = 0; round < 4_000; round++) {
      byte[] bytes = REPORT.toBytes();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
      assertThat(LoadReport.parse(cut)).isNotNull();
      byte[] garbage = new byte[random.nextInt(64)];
      random.nextBytes(garbage);
      assertThat(LoadReport.parse(garbage)).isNotNull();
    }
  }
}
