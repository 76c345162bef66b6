package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.onnx.file.Data;
import dev.ppe.simulator.format.onnx.file.ModelParser;
import dev.ppe.simulator.format.onnx.file.StoredModel;
import dev.ppe.simulator.graph.GraphLimits;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Numbers of a stored tensor are found again in the file, in whichever way it lists them. */
class ListedNumbersTest {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int DOUBLE = 11;

  /** What is kept of a TensorProto: dims 1, data_type 2, and the numbers. */
  private static Data.Listed read(int type, int count, OnnxFile.Fields numbers) {
    byte[] tensor =
        message(
            out -> {
              out.writeInt64(1, count);
              out.writeInt32(2, type);
              numbers.write(out);
            });
    byte[] file =
        message(out -> out.writeByteArray(7, message(graph -> graph.writeByteArray(5, tensor))));
    StoredModel model =
        ModelParser.parse(ByteBuffer.wrap(file), GraphLimits.DEFAULT, Interruption.NEVER);
    return (Data.Listed) model.graph().initializers().getFirst().data();
  }

  private static byte[] packed(long... numbers) {
    return message(
        out -> {
          for (long number : numbers) {
            out.writeInt64NoTag(number);
          }
        });
  }

  @Test
  void inOneField() {
    assertThat(read(INT64, 3, out -> out.writeByteArray(7, packed(1, 300, -1))).read())
        .containsExactly(1, 300, -1);
  }

  @Test
  void oneByOne() {
    assertThat(
            read(
                    INT64,
                    3,
                    out -> {
                      out.writeInt64(7, 1);
                      out.writeInt64(7, 300);
                      out.writeInt64(7, -1);
                    })
                .read())
        .containsExactly(1, 300, -1);
  }

  @Test
  void inSeveralFields() {
    Data.Listed listed =
        read(
            INT64,
            4,
            out -> {
              out.writeByteArray(7, packed());
              out.writeByteArray(7, packed(1, 300));
              out.writeInt64(7, -1);
              out.writeByteArray(7, packed(5));
            });
    assertThat(listed.isKept()).isTrue();
    assertThat(listed.read()).containsExactly(1, 300, -1, 5);
  }

  @Test
  void asFractions() {
    assertThat(
            read(
                    FLOAT,
                    2,
                    out -> {
                      out.writeFloat(4, 0.5f);
                      out.writeFloat(4, -2);
                    })
                .read())
        .containsExactly(0.5, -2);
    byte[] doubles = message(out -> out.writeDoubleNoTag(0.1));
    assertThat(read(DOUBLE, 1, out -> out.writeByteArray(10, doubles)).read()).containsExactly(0.1);
  }

  @Test
  void ofALongListNothingIsKept() {
    for (int fields : new int[] {1, 2}) {
      byte[] half = packed(new long[300]);
      Data.Listed listed =
          read(
              INT64,
              300 * fields,
              out -> {
                for (int i = 0; i < fields; i++) {
                  out.writeByteArray(7, half);
                }
              });
      assertThat(listed.isKept()).isFalse();
      assertThat(listed.count()).isEqualTo(300L * fields);
      assertThat(listed.read()).isEmpty();
    }
  }
}
