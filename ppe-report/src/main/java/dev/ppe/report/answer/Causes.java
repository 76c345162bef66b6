package dev.ppe.report.answer;

import dev.ppe.v1.Cause;
import dev.ppe.v1.TimeBreakdown;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What time was spent on, in words and shares. */
public final class Causes {
  private Causes() {}

  /** The cause as reports call it. */
  public static String name(Cause cause) {
    return switch (cause) {
      case CAUSE_COMPUTE -> "compute";
      case CAUSE_ACTIVATION_FETCH -> "activation fetch";
      case CAUSE_PARAMETER_FETCH -> "parameter fetch";
      case CAUSE_OUTPUT -> "output";
      case CAUSE_DMA -> "DMA";
      case CAUSE_HOST_LINK -> "host link";
      case CAUSE_HOST -> "host";
      case CAUSE_INVOCATION -> "driver";
      case CAUSE_DOORBELL -> "doorbell";
      case CAUSE_DECODE -> "decode";
      case CAUSE_COMPLETION -> "completion";
      case CAUSE_PE_MEMORY_BANK -> "PE memory bank";
      case CAUSE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  /** Cycles by cause, in the contract's order. */
  public static Map<Cause, Long> cycles(TimeBreakdown time) {
    Map<Cause, Long> cycles = new LinkedHashMap<>();
    cycles.put(Cause.CAUSE_COMPUTE, time.getComputeCycles());
    cycles.put(Cause.CAUSE_ACTIVATION_FETCH, time.getActivationFetchCycles());
    cycles.put(Cause.CAUSE_PARAMETER_FETCH, time.getParameterFetchCycles());
    cycles.put(Cause.CAUSE_OUTPUT, time.getOutputCycles());
    cycles.put(Cause.CAUSE_DMA, time.getDmaCycles());
    cycles.put(Cause.CAUSE_HOST_LINK, time.getHostLinkCycles());
    cycles.put(Cause.CAUSE_HOST, time.getHostCycles());
    cycles.put(Cause.CAUSE_INVOCATION, time.getInvocationCycles());
    cycles.put(Cause.CAUSE_DOORBELL, time.getDoorbellCycles());
    cycles.put(Cause.CAUSE_DECODE, time.getDecodeCycles());
    cycles.put(Cause.CAUSE_COMPLETION, time.getCompletionCycles());
    cycles.put(Cause.CAUSE_PE_MEMORY_BANK, time.getPeMemoryBankCycles());
    return cycles;
  }

  /** Cycles of fixed costs, whatever the layers do. */
  public static long fixed(TimeBreakdown time) {
    return time.getInvocationCycles()
        + time.getDoorbellCycles()
        + time.getDecodeCycles()
        + time.getCompletionCycles();
  }

  /** All cycles of a whole. */
  public static long total(TimeBreakdown time) {
    return cycles(time).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The cause that most time went to. */
  public static Cause largest(TimeBreakdown time) {
    return descending(time).getFirst().getKey();
  }

  /** Causes by what they take, largest first; equal ones in the contract's order. */
  public static List<Map.Entry<Cause, Long>> descending(TimeBreakdown time) {
    return cycles(time).entrySet().stream()
        .sorted(Map.Entry.<Cause, Long>comparingByValue(Comparator.reverseOrder()))
        .toList();
  }
}
