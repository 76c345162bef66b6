package dev.ppe.client.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.nasbench.NasBench201;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Graph;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.ImportOptionsDecoder;
import dev.ppe.wire.ServiceLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A MODEL of the command line: the name of a network of the zoo, or a file. A file's ending tells
 * what is in it: {@code .json} a Graph as JSON, {@code .pb} and {@code .binpb} a Graph, {@code
 * .onnx} ONNX; of anything else the content tells, ONNX or TensorFlow Lite.
 *
 * @param text as it was given
 * @param name what answers call it
 */
record ModelArgument(String text, String name) {
  private static final int LIMIT = ServiceLimits.DEFAULT.maxModelBytes();

  /**
   * A request with the model and its name, and what {@code options} holds.
   *
   * @param networks what is chosen of built-in networks
   * @param options a request without a model
   * @throws UnreadableException saying why there is none
   */
  LoadedModel load(NetworkOptions networks, EstimateRequest options) {
    return load(networks, ArithmeticOption.INT8, options);
  }

  /** As above, in another arithmetic unless the networks' options choose one. */
  LoadedModel load(
      NetworkOptions networks, ArithmeticOption unlessChosen, EstimateRequest options) {
    boolean graph = Zoo.find(text).isPresent() || ending().equals("json") || isMessage();
    if (graph && (options.getBatch() > 1 || options.getDimensionsCount() > 0)) {
      throw new UnreadableException(
          "--batch and --dim are for model files that leave sizes open; this network has its own");
    }
    if (!graph && LargeFile.isOne(text, LIMIT)) {
      networks.requireNone();
      return large(options);
    }
    EstimateRequest request = load(networks, unlessChosen).mergeFrom(options).build();
    return new LoadedModel(request, List.of());
  }

  private boolean isMessage() {
    return ending().equals("pb") || ending().equals("binpb");
  }

  private LoadedModel large(EstimateRequest options) {
    ImportOptions asked = ImportOptionsDecoder.decode(options, ServiceLimits.DEFAULT.graph());
    ImportedModel model =
        LargeFile.read(
            text,
            name,
            new ImportOptions(
                asked.limits(), asked.batch(), asked.dimensions(), Optional.of(folder())));
    EstimateRequest request =
        options.toBuilder()
            .setModelName(name)
            .setGraph(GraphCodec.encode(model.graph()))
            .clearBatch()
            .clearDimensions()
            .build();
    return new LoadedModel(request, model.notes());
  }

  private EstimateRequest.Builder load(NetworkOptions options, ArithmeticOption unlessChosen) {
    EstimateRequest.Builder request = EstimateRequest.newBuilder().setModelName(name);
    Optional<ZooModel> known = Zoo.find(text);
    if (known.isPresent()) {
      return request.setGraph(GraphCodec.encode(options.build(known.get(), unlessChosen)));
    }
    if (!looksLikeFile()) {
      throw new UnreadableException(unknown());
    }
    options.requireNone();
    byte[] bytes = BoundedFile.read(text, LIMIT);
    return switch (ending()) {
      case "json" -> request.setGraph(json(bytes));
      case "pb", "binpb" -> request.setGraph(message(bytes));
      case "onnx" -> request.setOnnx(onnx(bytes));
      // By content, whatever it is called.
      default ->
          OnnxReader.recognises(ByteBuffer.wrap(bytes))
              ? request.setOnnx(onnx(bytes))
              : request.setTflite(UnsafeByteOperations.unsafeWrap(bytes));
    };
  }

  private boolean looksLikeFile() {
    boolean meansOther = NasBench201.isMeantBy(text);
    return exists() || (!meansOther && (text.contains("/") || !ending().isEmpty()));
  }

  private boolean exists() {
    try {
      return Files.exists(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Version numbers are no endings: those begin with a letter. */
  private String ending() {
    String ending = text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean none = ending.length() == text.length() || ending.isEmpty() || ending.contains("/");
    return none || !Character.isLetter(ending.charAt(0)) ? "" : ending;
  }

  private String unknown() {
    return "no such file, and no built-in network of that name; "
        + Zoo.hint(text).orElse("ppe inspect --zoo lists them");
  }

  private static Graph json(byte[] bytes) {
    Graph.Builder graph = Graph.newBuilder();
    try {
      JsonFormat.parser().merge(new String(bytes, StandardCharsets.UTF_8), graph);
      return graph.build();
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("is no ppe.v1.Graph as JSON: " + JsonFaults.describe(e), e);
    }
  }

  /** Weights may be in files beside it: a request cannot carry them, but they have to be there. */
  private ByteString onnx(byte[] bytes) {
    try {
      OnnxReader.requireFiles(ByteBuffer.wrap(bytes), ServiceLimits.DEFAULT.graph(), folder());
      return UnsafeByteOperations.unsafeWrap(bytes);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }

  private Path folder() {
    return Path.of(text).toAbsolutePath().resolve("..").normalize();
  }

  private static Graph message(byte[] bytes) {
    try {
      return Graph.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("is no ppe.v1.Graph message: " + e.getMessage(), e);
    }
  }
}
