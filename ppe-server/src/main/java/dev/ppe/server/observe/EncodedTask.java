package dev.ppe.server.observe;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateRequest.ModelCase;
import java.io.IOException;

/** What a request asks for, told from its bytes without reading the network. */
final class EncodedTask {
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
  private static final int FIDELITY =
      (EstimateRequest.FIDELITY_FIELD_NUMBER << TYPE_BITS) | WireFormat.WIRETYPE_VARINT;

  private EncodedTask() {}

  /** The task of a request; none if the bytes are no request. */
  static RequestRecord.Task of(byte[] request) {
    try {
      EstimateRequest.Builder rest = EstimateRequest.newBuilder();
      ModelCase form = readAllButTheNetwork(CodedInputStream.newInstance(request), rest);
      RequestRecord.Task task = RequestRecord.Task.of(rest.build());
      return new RequestRecord.Task(
          task.model(), task.accelerator(), task.fidelity(), form.name(), request.length);
    } catch (IOException e) {
      return RequestRecord.Task.NONE;
    }
  }

  private static ModelCase readAllButTheNetwork(CodedInputStream in, EstimateRequest.Builder rest)
      throws IOException {
    ModelCase form = ModelCase.MODEL_NOT_SET;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case MODEL -> rest.setModelName(in.readString());
        case ACCELERATOR -> rest.setAcceleratorName(in.readString());
        case ACCELERATOR_SPEC -> rest.setAcceleratorSpec(Accelerator.parseFrom(in.readByteArray()));
        case FIDELITY -> rest.setFidelityValue(in.readEnum());
        default -> {
          form =
              switch (tag) {
                case GRAPH -> ModelCase.GRAPH;
                case TFLITE -> ModelCase.TFLITE;
                case ONNX -> ModelCase.ONNX;
                default -> form;
              };
          var unused = in.skipField(tag);
        }
      }
    }
    return form;
  }
}
