package dev.ppe.distribution.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** image/sbom.jq: what of the distribution is in one image, and what else is. */
class BillOfMaterialsTest {
  private static final String DISTRIBUTION =
      """
      {
        "bomFormat": "CycloneDX",
        "metadata": {"component": {"type": "library", "name": "ppe-distribution", "version": "1.0",
          "bom-ref": "distribution", "group": "dev.ppe", "purl": "pkg:maven/dev.ppe/ppe-distribution@1.0"}},
        "components": [
          {"group": "dev.ppe", "name": "ppe-client", "version": "1.0", "bom-ref": "client"},
          {"group": "dev.ppe", "name": "ppe-report", "version": "1.0", "bom-ref": "report"},
          {"group": "dev.ppe", "name": "ppe-server", "version": "1.0", "bom-ref": "server"},
          {"group": "com.google.code.gson", "name": "gson", "version": "2.1", "bom-ref": "gson"},
          {"group": "org.mvnpm", "name": "echarts", "version": "6.0.0", "bom-ref": "echarts",
            "licenses": [{"license": {"id": "Apache-2.0"}}]}
        ],
        "dependencies": [
          {"ref": "distribution", "dependsOn": ["client", "server"]},
          {"ref": "client", "dependsOn": ["report", "gson"]},
          {"ref": "report", "dependsOn": ["gson"]},
          {"ref": "server", "dependsOn": ["gson"]},
          {"ref": "gson"}
        ]
      }
      """;
  private static final String JAVA = "JAVA_VERSION=\"25.0.3\"\nMODULES=\"java.base java.xml\"\n";
  private static final String PACKAGES = "libc6 2.36-9 amd64\nzlib1g 1:1.2.13 amd64\n";

  @TempDir private Path folder;

  @BeforeAll
  static void needsJq() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "jq"))),
        "needs jq");
  }

  private record Run(int exitCode, String out, String err) {
    JsonObject bill() {
      assertThat(err).isEmpty();
      return JsonParser.parseString(out).getAsJsonObject();
    }
  }

  private Run image(String packages, String... jars) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    Path distribution = Files.writeString(folder.resolve("sbom.json"), DISTRIBUTION);
    Process jq =
        new ProcessBuilder(
                "jq",
                "--arg",
                "image",
                "ppe-one",
                "--arg",
                "jars",
                String.join("\n", jars),
                "--arg",
                "java",
                JAVA,
                "--arg",
                "packages",
                packages,
                "-f",
                "image/sbom.jq",
                distribution.toString())
            .redirectError(err.toFile())
            .start();
    String out = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(jq.waitFor(), out, Files.readString(err));
  }

  private static List<String> names(JsonObject bill) {
    return StreamSupport.stream(bill.getAsJsonArray("components").spliterator(), false)
        .map(component -> component.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  @Test
  void theJarsOfTheImageAreListedAndNoOthers() throws Exception {
    JsonObject bill = image("", "gson-2.1.jar", "ppe.jar", "ppe-server-1.0.jar").bill();
    assertThat(names(bill)).containsExactly("ppe-server", "gson", "openjdk");
  }

  @Test
  void chartsAreListedWithTheirLicenceWhereThePagesAre() throws Exception {
    JsonObject bill =
        image("", "gson-2.1.jar", "ppe.jar", "ppe-client-1.0.jar", "ppe-report-1.0.jar").bill();
    assertThat(names(bill))
        .containsExactly("ppe-client", "ppe-report", "gson", "echarts", "openjdk");
    assertThat(bill.getAsJsonArray("components").get(3).toString()).contains("Apache-2.0");
  }

  @Test
  void theRuntimeIsListedWithItsModules() throws Exception {
    JsonArray components = image("", "ppe.jar").bill().getAsJsonArray("components");
    assertThat(components).hasSize(1);
    JsonObject runtime = components.get(0).getAsJsonObject();
    assertThat(runtime.get("version").getAsString()).isEqualTo("25.0.3");
    assertThat(runtime.get("description").getAsString()).isEqualTo("Modules java.base java.xml");
  }

  @Test
  void packagesOfTheBaseAreListedWithTheirVersions() throws Exception {
    JsonObject bill = image(PACKAGES, "ppe.jar").bill();
    assertThat(names(bill)).containsExactly("openjdk", "libc6", "zlib1g");
    assertThat(bill.toString())
        .contains("pkg:deb/debian/libc6@2.36-9?arch=amd64")
        .contains("pkg:deb/debian/zlib1g@1%3A1.2.13?arch=amd64");
  }

  @Test
  void itIsAboutTheImage() throws Exception {
    JsonObject image =
        image("", "ppe.jar").bill().getAsJsonObject("metadata").getAsJsonObject("component");
    assertThat(image.get("type").getAsString()).isEqualTo("container");
    assertThat(image.get("name").getAsString()).isEqualTo("ppe-one");
    assertThat(image.get("version").getAsString()).isEqualTo("1.0");
    assertThat(image.has("purl")).isFalse();
  }

  @Test
  void dependenciesNameOnlyWhatIsListed() throws Exception {
    JsonObject bill = image(PACKAGES, "gson-2.1.jar", "ppe-client-1.0.jar").bill();
    List<String> listed =
        StreamSupport.stream(bill.getAsJsonArray("components").spliterator(), false)
            .map(component -> component.getAsJsonObject().get("bom-ref").getAsString())
            .toList();
    JsonArray dependencies = bill.getAsJsonArray("dependencies");
    assertThat(dependencies.get(0).toString())
        .isEqualTo(
            "{\"ref\":\"ppe-one\",\"dependsOn\":[%s]}"
                .formatted(String.join(",", listed.stream().map("\"%s\""::formatted).toList())));
    assertThat(dependencies.asList().stream().skip(1).map(JsonElement::toString))
        .containsExactly("{\"ref\":\"client\",\"dependsOn\":[\"gson\"]}", "{\"ref\":\"gson\"}");
  }

  @Test
  void aJarThatTheDistributionDoesNotKnowIsAMistake() throws Exception {
    Run run = image("", "ppe.jar", "other-3.jar");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("no component of the distribution is other-3.jar");
  }
}
