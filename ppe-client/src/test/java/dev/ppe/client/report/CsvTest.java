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
  void noTwoColumnsHaveOneName() {
    assertThat(CsvWriter.header()).doesNotHaveDuplicates();
  }

  @Test
  void theHeaderIsTheContracts() {
    assertThat(String.join(",", CsvWriter.header()))
        .isEqualTo(
            "model_name,accelerator,fidelity,precision,graph_hash,simulator_version,latency_us,"
                + "first_latency_us,cycles,compute_cycles,activation_fetch_cycles,"
                + "parameter_fetch_cycles,output_cycles,dma_cycles,host_link_cycles,host_cycles,"
                + "invocation_cycles,doorbell_cycles,decode_cycles,completion_cycles,"
                + "pe_memory_bank_cycles,energy_uj,average_power_mw,mac_array_uj,vector_unit_uj,"
                + "pe_memory_uj,parameter_memory_uj,network_uj,dram_uj,host_link_uj,leakage_uj,"
                + "active_uj,macs_uj,registers_uj,core_memory_uj,instructions_uj,dram_activate_uj,"
                + "dram_read_uj,dram_write_uj,dram_refresh_uj,array_leakage_uj,memory_leakage_uj,"
                + "array_clock_uj,pe_clock_uj,idle_power_mw,peak_power_mw,peak_window_us,"
                + "tops_per_watt,inference_rate,sustained_rate,rate_average_power_mw,"
                + "rate_active_power_mw,active_energy_uj,int8_macs,int16_macs,bfloat16_macs,"
                + "float16_macs,float32_macs,register_bytes,vector_operations,"
                + "pe_memory_read_bytes,pe_memory_write_bytes,core_memory_read_bytes,"
                + "core_memory_write_bytes,instruction_fetch_bytes,network_byte_hops,"
                + "dram_activates,dram_read_bytes,dram_write_bytes,dram_refreshes,"
                + "host_link_bytes,other_energy_uj,energy_table,energy_table_version,"
                + "macs,parameters,utilization,operators,host_operators,"
                + "params_cached_bytes,params_streamed_bytes,pe_memory_peak_bytes,"
                + "pe_memory_lower_bound_bytes,pe_memory_bytes,off_chip_activation_bytes,"
                + "instruction_bytes,input_bytes,output_bytes,"
                + "parameter_memory_used_bytes,validated,outside_layers,outside_cycles");
  }
}
