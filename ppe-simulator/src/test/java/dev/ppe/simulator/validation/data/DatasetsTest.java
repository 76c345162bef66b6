package dev.ppe.simulator.validation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetsTest {
  private static final String HEADER = "model,input_hwc,dtype,latency_ms\n";
  private static final Datasets NONE = new Datasets(Map.of(), List.of());

  @TempDir private Path folder;

  private void file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private void pixel6(String content) throws IOException {
    file("pixel6_tensor_g1.csv", content);
  }

  private void isRefused(String reason) {
    assertThatThrownBy(() -> NONE.with(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @EnumSource
  void everyDatasetComesWithRows(Dataset dataset) {
    assertThat(Datasets.builtIn().of(dataset)).isNotEmpty();
  }

  @Test
  void theBuiltInRowsAreThoseThatAreShared() throws IOException {
    Path shared = Path.of("..", "..", "shared", "groundtruth");
    assumeThat(shared).exists();

    Datasets twice = Datasets.builtIn().with(shared);

    assertThat(twice.rows()).isEqualTo(Datasets.builtIn().rows());
    assertThat(twice.notes()).hasSize(Dataset.values().length);
  }

  @Test
  void aFolderAddsRowsThatAreNew() throws IOException {
    Row known = Datasets.builtIn().of(Dataset.PIXEL6).getFirst();
    pixel6(
        HEADER
            + "%s,224x224x3,int8,%s\n".formatted(known.text("model"), known.text("latency_ms"))
            + "\"New, wide\",224x224x3,int8,1.5\n");

    Datasets all = Datasets.builtIn().with(folder);

    List<Row> rows = all.of(Dataset.PIXEL6);
    assertThat(rows).hasSize(Datasets.builtIn().of(Dataset.PIXEL6).size() + 1);
    assertThat(rows.getLast().text("model")).isEqualTo("New, wide");
    assertThat(rows.getLast().line()).isEqualTo(3);
    assertThat(all.notes())
        .containsExactly(
            folder.resolve("pixel6_tensor_g1.csv")
                + ": 1 of 2 rows are known already and not counted again");
  }

  @Test
  void equalRowsOfOneFileAreTwoMeasurements() throws IOException {
    pixel6(HEADER + "a,1x1x3,int8,1\na,1x1x3,int8,1\n");

    assertThat(NONE.with(folder).of(Dataset.PIXEL6)).hasSize(2);
  }

  @Test
  void fieldsMayBeQuotedAndColumnsStandInAnyOrder() throws IOException {
    pixel6(
        "latency_ms,source,model,input_hwc,dtype\r\n\r\n"
            + "2.5,\"said \"\"so\"\"\",\"two\nlines\",8x8x3,int8\r\n3,,b,8x8x3,int8");

    List<Row> rows = NONE.with(folder).of(Dataset.PIXEL6);

    assertThat(rows).extracting(Row::line).containsExactly(3, 5);
    assertThat(rows.getFirst().text("source")).isEqualTo("said \"so\"");
    assertThat(rows.getFirst().text("model")).isEqualTo("two\nlines");
    assertThat(rows.getFirst().number("latency_ms")).isEqualTo(2.5);
    assertThat(rows.getLast().has("source")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,8x8x3,int8,fast | line 2: column latency_ms: \"fast\" must be a number above 0",
        "a,8x8x3,int8,0 | line 2: column latency_ms: \"0\" must be a number above 0",
        "a,8x8x3,int8,-1 | line 2: column latency_ms: \"-1\" must be",
        "a,8x8x3,int8,NaN | line 2: column latency_ms: \"NaN\" must be",
        "a,8x8x3,int8,1e99 | line 2: column latency_ms: \"1e99\" must be",
        "a,8x8x3,int8, | line 2: column latency_ms: \"\" must be",
        "',8x8x3,int8,1' | line 2: column model: \"\" must be text",
        "a,8x8x3,int8 | line 2: has 3 fields, the header has 4",
        "\"a,8x8x3,int8,1 | line 2: a quotation does not end",
        "\"a\"b,8x8x3,int8,1 | line 2: field 1 goes on after its quotation"
      })
  void aFaultIsNamedByFileLineAndColumn(String line, String reason) throws IOException {
    pixel6(HEADER + line + "\n");

    isRefused("pixel6_tensor_g1.csv: " + reason);
  }

  @Test
  void sizesAndCountsAreWholeNumbers() throws IOException {
    String header = "filters,macs,latency_ms,onchip_params_mib,offchip_params_mib\n";
    file("coral_conv5_sweep.csv", header + "1000001,1,1,0,0\n");
    isRefused("column filters: \"1000001\" must be a whole number of 1 to 1000000");
    file("coral_conv5_sweep.csv", header + "8,1.5,1,0,0\n");
    isRefused("column macs: \"1.5\" must be a whole number of 0 to 10^15");
  }

  @Test
  void headersAreChecked() throws IOException {
    pixel6("model,latency_ms\na,1\n");
    isRefused("line 1: has no column input_hwc; needed are model, input_hwc, dtype, latency_ms");
    pixel6("model,model\na,1\n");
    isRefused("line 1: has two columns \"model\"");
    pixel6("");
    isRefused("is empty");
  }

  @Test
  void sizesAreLimited() throws IOException {
    pixel6(HEADER + "a,8x8x3,int8,1\n".repeat(10_001));
    isRefused("line 10002: the file has more than 10000 rows");
    pixel6(HEADER + "a".repeat(1_001) + ",8x8x3,int8,1\n");
    isRefused("line 2: a field has more than 1000 characters");
    pixel6(",".repeat(64));
    isRefused("line 1: has more than 64 fields");
    pixel6("a".repeat((1 << 20) + 1));
    isRefused("has more than 1 MiB, the limit");
  }

  @Test
  void textIsUtf8() throws IOException {
    Files.write(
        folder.resolve("pixel6_tensor_g1.csv"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    isRefused("is no UTF-8 text");
  }

  @Test
  void aFolderMustHoldSomethingToRead() throws IOException {
    isRefused("has none of the files pixel6_tensor_g1.csv, coral_named_models.csv,");
    assertThatThrownBy(() -> NONE.with(folder.resolve("missing")))
        .hasMessageEndingWith("missing: no such folder");
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    pixel6(HEADER);
    file("pixel7.csv", "");

    assertThat(NONE.with(folder).notes())
        .containsExactly(folder.resolve("pixel7.csv") + " is not read: no data set has that name");
  }
}
