package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a model file as a whole and imports it: the main class of a JVM with little heap. */
final class SmallHeap {
  private SmallHeap() {}

  /** Prints the heap's limit and the model's parameters. */
  public static void main(String... arguments) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(arguments[0]));
    Graph graph = ModelReader.read("large", ByteBuffer.wrap(file), ImportOptions.DEFAULT).graph();
    System.out.printf(
        "%d %d%n", Runtime.getRuntime().maxMemory() >> 20, Workload.parameters(graph));
  }
}
