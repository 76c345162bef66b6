package dev.ppe.simulator.format;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.format.tflite.TfliteReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Reads a model of any supported format, which it recognises by content and not by file name. */
public final class ModelReader {
  private static final String ACCEPTED =
      "; accepted are TensorFlow Lite (.tflite) and ONNX (.onnx) models";
  private static final int SHOWN_BYTES = 16;

  private ModelReader() {}

  /**
   * The model in {@code bytes}, from its position to its limit; neither changes.
   *
   * @param name the graph's name
   * @throws ModelFormatException if it is no model or cannot be understood
   * @throws dev.ppe.simulator.graph.GraphException if it is a model of an invalid network
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if it exceeds the options' limits
   */
  public static ImportedModel read(String name, ByteBuffer bytes, ImportOptions options) {
    return read(name, bytes, options, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static ImportedModel read(
      String name, ByteBuffer bytes, ImportOptions options, Interruption interruption) {
    if (TfliteReader.recognises(bytes)) {
      return TfliteReader.read(name, bytes, options, interruption);
    }
    if (OnnxReader.recognises(bytes)) {
      return OnnxReader.read(name, bytes, options, interruption);
    }
    throw new ModelFormatException("byte 0", describe(start(bytes)) + ACCEPTED);
  }

  private static byte[] start(ByteBuffer bytes) {
    byte[] start = new byte[Math.min(SHOWN_BYTES, bytes.remaining())];
    bytes.get(bytes.position(), start);
    return start;
  }

  private static String describe(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (start.length == 0) {
      return "the model is empty";
    }
    if (text.startsWith("PK\3\4")) {
      return "this is a zip archive: unpack it and give the model inside";
    }
    if (text.startsWith("\37\213")) {
      return "this is gzip-compressed: decompress it first";
    }
    if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      return "this is a web page, not a model: a download went wrong";
    }
    if (text.startsWith("version https://")) {
      return "this is a Git LFS pointer, not the model: fetch the file itself";
    }
    if (text.startsWith("\211HDF")) {
      return "this is an HDF5 (Keras) file: convert it to TensorFlow Lite or ONNX";
    }
    if (lower.startsWith("{")) {
      return "this is JSON text, not a model";
    }
    return "no known model format; it starts with the bytes "
        + HexFormat.ofDelimiter(" ").formatHex(start);
  }
}
