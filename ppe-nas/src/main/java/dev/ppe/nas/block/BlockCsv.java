package dev.ppe.nas.block;

import java.util.List;
import java.util.Locale;

/** Costs of blocks as comma-separated values, for people's own charts. */
public final class BlockCsv {
  private static final String HEADER =
      "size,channels,expansion,kernel,form,group_size,groups,parameters,macs,latency_us,"
          + "network_latency_us,energy_uj,utilization,bound_by,activation_bytes,outside";

  private BlockCsv() {}

  /** A header and a line for each cost, with line feeds. */
  public static String of(List<BlockCost> costs) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    costs.forEach(cost -> text.append(line(cost)).append('\n'));
    return text.toString();
  }

  private static String line(BlockCost cost) {
    Block block = cost.block();
    return String.format(
        Locale.ROOT,
        "%d,%d,%d,%d,%s,%d,%d,%.1f,%d,%.3f,%.3f,%.3f,%.4f,%s,%d,%s",
        block.size(),
        block.channels(),
        block.expansion(),
        block.kernel(),
        block.form().word(),
        block.groupSize(),
        block.groups(),
        cost.parameters(),
        cost.macs(),
        cost.latencyUs(),
        cost.networkLatencyUs(),
        cost.energyUj(),
        cost.utilization(),
        bound(cost),
        cost.activationBytes(),
        cost.outside());
  }

  /** {@code activation fetch}. */
  static String bound(BlockCost cost) {
    String name = cost.boundBy().name();
    return name.substring(name.indexOf('_') + 1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
