package dev.ppe.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.Metadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How busy a replica is, as it says in a trailer of its answers: those fields of ORCA's message
 * {@code xds.data.orca.v3.OrcaLoadReport} by which clients weigh replicas (gRFC A58). They are
 * written and read here, since the message itself comes with a library of 12 MB.
 *
 * @param cpuUtilization CPU time over time and cores
 * @param applicationUtilization the share of what the program can do that it did; may exceed 1
 * @param requestsPerSecond answered
 * @param errorsPerSecond failed or refused by the replica's fault
 */
public record LoadReport(
    double cpuUtilization,
    double applicationUtilization,
    double requestsPerSecond,
    double errorsPerSecond) {

  /** The trailer that holds a report. */
  public static final Metadata.Key<byte[]> TRAILER =
      Metadata.Key.of("endpoint-load-metrics-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final int CPU_UTILIZATION = 1;
  private static final int RPS_FRACTIONAL = 6;
  private static final int EPS = 7;
  private static final int APPLICATION_UTILIZATION = 9;

  /** Other servers' reports may hold figures of their own: as much as gRPC takes of metadata. */
  private static final int MOST_BYTES = 8192;

  private static final double MOST = 1e12;

  /**
   * A report.
   *
   * @throws IllegalArgumentException if a figure is negative, not a number, or beyond 10^12
   */
  public LoadReport {
    if (!DoubleStream.of(cpuUtilization, applicationUtilization, requestsPerSecond, errorsPerSecond)
        .allMatch(figure -> figure >= 0 && figure <= MOST)) {
      throw new IllegalArgumentException(
          "a load report's figures must be between 0 and 10^12: %s, %s, %s, %s"
              .formatted(
                  cpuUtilization, applicationUtilization, requestsPerSecond, errorsPerSecond));
    }
  }

  /** As protobuf has it; nothing if all figures are 0. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream output = CodedOutputStream.newInstance(bytes);
      write(output, CPU_UTILIZATION, cpuUtilization);
      write(output, RPS_FRACTIONAL, requestsPerSecond);
      write(output, EPS, errorsPerSecond);
      write(output, APPLICATION_UTILIZATION, applicationUtilization);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes", e);
    }
    return bytes.toByteArray();
  }

  private static void write(CodedOutputStream output, int field, double value) throws IOException {
    if (value != 0) {
      output.writeDouble(field, value);
    }
  }

  /**
   * The report of a trailer; none if it is damaged, longer than 8 KiB, or its figures make none.
   */
  public static Optional<LoadReport> parse(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      return Optional.empty();
    }
    double[] figures = new double[APPLICATION_UTILIZATION + 1];
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    try {
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        if (isFigure(tag)) {
          figures[WireFormat.getTagFieldNumber(tag)] = input.readDouble();
        } else if (!input.skipField(tag)) {
          return Optional.empty(); // the end of a group that has not begun
        }
      }
      return Optional.of(
          new LoadReport(
              figures[CPU_UTILIZATION],
              figures[APPLICATION_UTILIZATION],
              figures[RPS_FRACTIONAL],
              figures[EPS]));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // whoever sends that says nothing
    }
  }

  private static boolean isFigure(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_FIXED64
        && switch (WireFormat.getTagFieldNumber(tag)) {
          case CPU_UTILIZATION, RPS_FRACTIONAL, EPS, APPLICATION_UTILIZATION -> true;
          default -> false;
        };
  }
}
