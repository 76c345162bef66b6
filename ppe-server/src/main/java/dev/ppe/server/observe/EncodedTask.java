package dev.ppe.server.observe;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateRequest.ModelCase;
import dev.ppe.v1.Fidelity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a request asks for, told from its bytes without reading the network.
 *
 * @param form of the network
 * @param fidelity as it was sent
 * @param described for those who are told of requests
 */
public record EncodedTask(ModelCase form, Fidelity fidelity, RequestRecord.Task described) {
  private static final EncodedTask NONE =
      new EncodedTask(
          ModelCase.MODEL_NOT_SET, Fidelity.FIDELITY_UNSPECIFIED, RequestRecord.Task.NONE);

  private static final int TYPE_BITS = 3;
  private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final int GRAPH = (EstimateRequest.GRAPH_FIELD_NUMBER << TYPE_BITS) | BYTES;
  private static final int TFLITE = (EstimateRequest.TFLITE_FIELD_NUMBER << TYPE_BITS) | BYTES;
  private static final int ONNX = (EstimateRequest.ONNX_FIELD_NUMBER << TYPE_BITS) | BYTES;
  private static final int MODEL = (EstimateRequest.MODEL_NAME_FIELD_NUMBER << TYPE_BITS) | BYTES;
  private static final int ACCELERATOR =
      (EstimateRequest.ACCELERATOR_NAME_FIELD_NUMBER << TYPE_BITS) | BYTES;
  private static final int ACCELERATOR_SPEC =
      (EstimateRequest.ACCELERATOR_SPEC_FIELD_NUMBER << TYPE_BITS) | BYTES;
  private static final int SPEC_NAME = (Accelerator.NAME_FIELD_NUMBER << TYPE_BITS) | BYTES;
  private static final int FIDELITY =
      (EstimateRequest.FIDELITY_FIELD_NUMBER << TYPE_BITS) | WireFormat.WIRETYPE_VARINT;

  /** The task of a request; none if the bytes are no request. */
  public static EncodedTask of(byte[] request) {
    try {
      Reader reader = new Reader();
      reader.read(CodedInputStream.newInstance(request));
      return reader.task();
    } catch (IOException e) {
      return NONE;
    }
  }

  /** Reads the pieces of one request in their order. */
  public static final class Reader {
    /** Some records are kept for long, and a name may have megabytes. */
    private static final int MAX_NAME = 200;

    private static final int MAX_NAME_BYTES = 4 * MAX_NAME;

    private boolean begun;
    private ModelCase form = ModelCase.MODEL_NOT_SET;
    private int fidelity;
    private String model = "";
    private String accelerator = "";
    private int bytes;

    /**
     * Reads to the end, or to the limit.
     *
     * @throws IOException if these are no bytes of a request
     */
    public void read(CodedInputStream in) throws IOException {
      int before = in.getTotalBytesRead();
      begun = true;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case MODEL -> model = name(in);
          case ACCELERATOR -> accelerator = name(in);
          case ACCELERATOR_SPEC -> accelerator = nameInside(in);
          case FIDELITY -> fidelity = in.readEnum();
          default -> {
            form =
                switch (tag) {
                  case GRAPH -> ModelCase.GRAPH;
                  case TFLITE -> ModelCase.TFLITE;
                  case ONNX -> ModelCase.ONNX;
                  default -> form;
                };
            if (!in.skipField(tag)) {
              throw new IOException("a group ends that did not begin");
            }
          }
        }
      }
      bytes += in.getTotalBytesRead() - before;
    }

    private static String nameInside(CodedInputStream in) throws IOException {
      String name = "";
      int rest = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == SPEC_NAME) {
          name = name(in);
        } else if (!in.skipField(tag)) {
          throw new IOException("a group ends that did not begin");
        }
      }
      in.popLimit(rest);
      return name;
    }

    private static String name(CodedInputStream in) throws IOException {
      int length = in.readRawVarint32();
      byte[] start = in.readRawBytes(Math.min(length, MAX_NAME_BYTES));
      in.skipRawBytes(length - start.length);
      String name = new String(start, StandardCharsets.UTF_8);
      return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** What was read. */
    public EncodedTask task() {
      if (!begun) {
        return NONE;
      }
      Fidelity asked = Fidelity.forNumber(fidelity);
      String name =
          switch (asked) {
            case null -> "invalid";
            case FIDELITY_ANALYTICAL -> "analytical";
            case FIDELITY_UNSPECIFIED, FIDELITY_CYCLE, UNRECOGNIZED -> "cycle";
          };
      return new EncodedTask(
          form,
          asked == null ? Fidelity.UNRECOGNIZED : asked,
          new RequestRecord.Task(model, accelerator, name, form.name(), bytes));
    }
  }
}
