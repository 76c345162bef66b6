package dev.ppe.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * What one request calls things, without its network: enough for who waits until {@link
 * EstimateTask#shared} has been worked out for another request of an equal key.
 *
 * <p>Names are put in on the wire: all but names and reasons is copied, and no message is made for
 * each of those who share an answer.
 */
public final class AnswerNames {
  private static final int BUFFER_BYTES = 512;
  private static final int LAYER_TAG =
      EstimateResponse.LAYERS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final String model;
  private final NodeNames nodes;
  private final List<String> notes;

  /** The names in a canonical graph, and the notes on the model. */
  AnswerNames(Graph graph, List<String> notes) {
    this.model = graph.name();
    this.nodes = NodeNames.of(graph);
    this.notes = notes;
  }

  /**
   * This request's answer, from what {@link EstimateTask#shared} gave for an equal key. The model's
   * name is the first of its fields on the wire, the notes are the last.
   *
   * @param shared an {@link EstimateResponse} on the wire
   * @return the same, to the byte as {@link EstimateTask#answer} has it on the wire
   * @throws java.util.concurrent.CancellationException if {@code interruption} throws it
   * @throws IllegalStateException if {@code shared} is no such message
   */
  public byte[] ownAnswer(byte[] shared, Interruption interruption) {
    ByteArrayOutputStream own = new ByteArrayOutputStream(shared.length + (shared.length >> 2));
    CodedOutputStream out = CodedOutputStream.newInstance(own, BUFFER_BYTES);
    ByteArrayOutputStream layer = new ByteArrayOutputStream(BUFFER_BYTES);
    CodedOutputStream ownLayer = CodedOutputStream.newInstance(layer, BUFFER_BYTES);
    try {
      writeText(out, EstimateResponse.MODEL_NAME_FIELD_NUMBER, model);
      CodedInputStream in = CodedInputStream.newInstance(shared);
      int copied = 0;
      while (!in.isAtEnd()) {
        int start = in.getTotalBytesRead();
        int tag = in.readTag();
        if (tag == LAYER_TAG) {
          interruption.check();
          int length = in.readRawVarint32();
          int content = in.getTotalBytesRead();
          out.write(shared, copied, start - copied);
          writeLayer(ownLayer, shared, content, length);
          out.writeTag(EstimateResponse.LAYERS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag(layer.size());
          out.flush();
          layer.writeTo(own);
          layer.reset();
          in.skipRawBytes(length);
          copied = content + length;
        } else {
          in.skipField(tag);
        }
      }
      out.write(shared, copied, shared.length - copied);
      for (String note : notes) {
        out.writeString(EstimateResponse.NOTES_FIELD_NUMBER, note);
      }
      out.flush();
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalStateException("an answer on the wire is damaged", e);
    }
    return own.toByteArray();
  }

  /** A layer of {@code length} bytes from {@code start}, with names. */
  private void writeLayer(CodedOutputStream out, byte[] shared, int start, int length)
      throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(shared, start, length);
    int copied = start;
    while (!in.isAtEnd()) {
      int from = start + in.getTotalBytesRead();
      int tag = in.readTag();
      int field = WireFormat.getTagFieldNumber(tag);
      boolean isName = field == Layer.NAME_FIELD_NUMBER;
      if (isName || field == Layer.PLACEMENT_REASON_FIELD_NUMBER) {
        out.write(shared, copied, from - copied);
        String text = in.readString();
        writeText(out, field, isName ? nodes.in(text) : nodes.inReason(text));
        copied = start + in.getTotalBytesRead();
      } else {
        in.skipField(tag);
      }
    }
    out.write(shared, copied, start + length - copied);
    out.flush();
  }

  /** As protobuf has texts: one that is empty is not there. */
  private static void writeText(CodedOutputStream out, int field, String text) throws IOException {
    if (!text.isEmpty()) {
      out.writeString(field, text);
    }
  }

  /** This request's failure, from what {@link EstimateTask#shared} threw for an equal key. */
  public Throwable ownFailure(Throwable shared) {
    return shared instanceof IllegalArgumentException invalid && invalid.getMessage() != null
        ? new IllegalArgumentException(nodes.in(invalid.getMessage()), invalid)
        : shared;
  }
}
