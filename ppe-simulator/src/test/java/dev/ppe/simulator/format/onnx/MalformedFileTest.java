package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be understood are refused with the place and the reason. */
class MalformedFileTest {
  private static OnnxFile file() {
    return OnnxFile.opset(13).input("x", 1, 3, 8, 8);
  }

  private static void assertRefused(OnnxFile file, String... parts) {
    assertRefused(file.bytes(), parts);
  }

  private static void assertRefused(byte[] bytes, String... parts) {
    assertThatThrownBy(() -> OnnxReader.read("x", ByteBuffer.wrap(bytes), ImportOptions.DEFAULT))
        .isInstanceOf(ModelFormatException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void anUnknownOperatorOfUnknownShapeIsNamed() {
    assertRefused(
        file().node("Frobnicate", "x", "y").output("y"),
        "node 0 \"y\" (Frobnicate): is not known here",
        "does not declare the shape of its result \"y\"");
  }

  @Test
  void anUnknownOperatorOfDeclaredShapeIsKeptForTheHost() {
    ImportedModel model =
        file()
            .node("my.domain", "Frobnicate", "x", "f")
            .declare("f", 1, 5)
            .node("If", "f", "y", OnnxFile.subgraph("then_branch"))
            .output("y", 1, 7)
            .model(ImportOptions.DEFAULT);

    assertThat(model.graph().nodes())
        .extracting(n -> n.operator().kind())
        .containsExactly("frobnicate", "if");
    assertThat(model.notes())
        .containsExactly("node 1 \"y\" (If): its branches or body are not looked into");
  }

  @Test
  void wrongShapesNameTheNode() {
    assertRefused(
        file().weights("w", 16, 4, 3, 3).node("Conv", "x w", "y").output("y"),
        "node 0 \"y\" (Conv): input has 3 channels, weights 16x3x3x4 take 4 in each of 1 groups");
  }

  @Test
  void valuesThatNothingWritesAreNamed() {
    assertRefused(file().node("Relu", "z", "y").output("y"), "node 0", "reads \"z\"");
    assertRefused(file().node("Relu", "x", "y").output("z"), "output \"z\"", "written by nothing");
    assertRefused(
        file().node("Relu", "x", "y").node("Abs", "x", "y").output("y"), "is written already");
    assertRefused(
        file().node("Add", "x y", "z").node("Relu", "z", "y").output("y"), "node 0", "reads \"y\"");
  }

  @Test
  void attributesOfTheWrongKindAreNamed() {
    assertRefused(
        file().node("Softmax", "x", "y", attribute("axis", "one")).output("y"),
        "attribute axis must be an integer");
    assertRefused(
        file().node("MaxPool", "x", "y").output("y"), "attribute kernel_shape is missing");
  }

  @Test
  void storedTensorsMustHoldWhatTheyDeclare() {
    assertRefused(
        file().raw("w", OnnxFile.FLOAT, new byte[8], 3).node("Add", "x w", "y").output("y"),
        "stored tensor \"w\"",
        "3 elements of FLOAT32 take 12 bytes, but 8 are stored");
  }

  @Test
  void operatorSetsThatAreTooOldAreRefused() {
    assertRefused(
        OnnxFile.opset(6).input("x", 4).node("Relu", "x", "y").output("y"), "operator set 6");
    assertThat(
            OnnxFile.opset(8)
                .input("x", 4)
                .node("Relu", "x", "y")
                .output("y")
                .model(ImportOptions.DEFAULT)
                .notes())
        .containsExactly("operator set 8 is read by the rules of 9");
  }

  @Test
  void tooManyNodesAreTooLarge() {
    OnnxFile file = file();
    for (int i = 0; i < 50; i++) {
      file.node("Relu", i == 0 ? "x" : "r" + (i - 1), "r" + i);
    }
    file.output("r49");
    GraphLimits few = new GraphLimits(40, 1_000, 100, 1 << 20, 1 << 30);

    assertThatThrownBy(() -> file.graph(new ImportOptions(few, 1)))
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessageContaining("has 41 nodes, the limit is 40");
  }

  @Test
  void nodesOfHundredsOfAttributesAreTooLarge() {
    OnnxFile.Fields[] attributes = new OnnxFile.Fields[300];
    Arrays.setAll(attributes, i -> attribute("a" + i, i));
    OnnxFile file = file().node("Relu", "x", "y", attributes).output("y");

    assertThatThrownBy(file::imported)
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessage("node 0: has more than 256 attributes, the limit");
  }

  @Test
  void hugeShapesAreTooLarge() {
    OnnxFile file =
        OnnxFile.opset(13).input("x", 1 << 20, 1 << 19).node("Relu", "x", "y").output("y");

    assertThatThrownBy(file::imported).isInstanceOf(GraphTooLargeException.class);
  }

  @Test
  void messagesThatClaimMoreThanThereIsAreRefused() {
    assertRefused(
        new byte[] {8, 8, 0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7},
        "byte 8: the ONNX file is damaged or cut off here",
        "2147483647 bytes, 0 are left");
    assertRefused(
        new byte[] {8, 8, 0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15}, "cut off");
  }

  @Test
  void groupsAndUnknownWireTypesAreRefused() {
    assertRefused(new byte[] {8, 8, 0x13, 0x14}, "field 2 has wire type 3");
    assertRefused(new byte[] {8, 8, 0x17, 0x14}, "damaged");
  }

  @Test
  void aModelWithoutGraphOrWithTwoIsRefused() {
    assertRefused(message(out -> out.writeInt64(1, 8)), "the model has no graph");
    assertRefused(
        message(
            out -> {
              out.writeInt64(1, 8);
              out.writeByteArray(7, new byte[0]);
              out.writeByteArray(7, new byte[0]);
            }),
        "a second graph");
  }

  @Test
  void deepNestingIsNotFollowed() {
    byte[] deep = new byte[0];
    for (int i = 0; i < 2_000; i++) {
      byte[] inner = deep;
      deep = message(out -> out.writeByteArray(6, inner)); // a graph in an attribute in a graph ...
    }
    byte[] nested = deep;
    OnnxFile file = file().node("Relu", "x", "y", out -> out.writeByteArray(6, nested)).output("y");

    assertThat(file.imported().nodes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4_097, 1_000_000})
  void longNamesAreRefused(int length) {
    assertRefused(file().node("Relu", "x", "y".repeat(length)).output("y"), "a text of " + length);
  }

  @Test
  void longAttributesAreRefused() {
    assertRefused(
        file().node("Relu", "x", "y", OnnxFile.list("pads", new long[5_000])).output("y"),
        "more than 4096 numbers");
  }

  @Test
  void anythingCutOffIsRefused() {
    byte[] whole = file().node("Relu", "x", "y").output("y").bytes();
    for (int length = 3; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> OnnxReader.read("x", ByteBuffer.wrap(part), ImportOptions.DEFAULT))
          .isInstanceOfAny(ModelFormatException.class, GraphException.class);
    }
  }
}
