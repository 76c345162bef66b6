package dev.ppe.client.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void fieldsAreQuotedWhereTheyMustBe() {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      Csv.print(out, List.of("plain", "a,b", "say \"hi\"", "two\nlines", ""));
    }
    assertThat(text).hasToString("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\n");
  }

  @Test
  void theHeaderIsTheContracts() {
    assertThat(String.join(",", CsvWriter.header()))
        .isEqualTo(
            "model_name,accelerator,fidelity,precision,graph_hash,simulator_version,latency_us,"
                + "first_latency_us,cycles,compute_cycles,activation_fetch_cycles,"
                + "parameter_fetch_cycles,output_cycles,dma_cycles,host_link_cycles,host_cycles,"
                + "invocation_cycles,energy_uj,average_power_mw,mac_array_uj,vector_unit_uj,"
                + "pe_memory_uj,parameter_memory_uj,network_uj,dram_uj,host_link_uj,leakage_uj,"
                + "active_uj,macs,parameters,utilization,operators,host_operators,"
                + "params_cached_bytes,params_streamed_bytes,pe_memory_peak_bytes,"
                + "pe_memory_lower_bound_bytes,pe_memory_bytes,off_chip_activation_bytes,"
                + "instruction_bytes,input_bytes,output_bytes");
  }
}
