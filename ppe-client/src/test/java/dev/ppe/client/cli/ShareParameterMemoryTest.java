package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models that are compiled together; the figures are the simulator's affair. */
class ShareParameterMemoryTest {
  private static final String SHARED = "--share-parameter-memory";
  private static final String LARGE = "inception_v1";
  private static final String SMALL = "mobilenet_v2";

  private static List<Long> cached(Cli run) {
    return run.lines().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .map(answer -> answer.getAsJsonObject("memory"))
        .map(memory -> memory.get("paramsCachedBytes").getAsLong())
        .toList();
  }

  @Test
  void theFirstModelIsAsAloneAndTheSecondKeepsLess() {
    List<Long> alone = cached(Cli.ppe("estimate", LARGE, SMALL, "-f", "json"));
    List<Long> together = cached(Cli.ppe("estimate", LARGE, SMALL, "-f", "json", SHARED));

    assertThat(together.get(0)).isEqualTo(alone.get(0));
    assertThat(together.get(1)).isLessThan(alone.get(1));
  }

  @Test
  void theTableEndsWithWhatEachHasAndWhatItIsWorth() {
    Cli run = Cli.ppe("estimate", SMALL, LARGE, "--layers", "0", SHARED);

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.lines();
    int title = lines.indexOf("");
    title = lines.subList(title + 1, lines.size()).indexOf("") + title + 2;
    assertThat(lines.get(title))
        .matches("compiled together +cached +streamed +latency +alone +alone, after another");
    assertThat(lines.get(title + 1)).matches("mobilenet_v2 +\\S+ MiB +0 B( +[0-9.]+ ms){3}");
    assertThat(lines.get(title + 2)).matches("inception_v1 +\\S+ MiB +\\S+ MiB( +[0-9.]+ ms){3}");
    assertThat(lines.get(title + 3)).startsWith("each in turn ");
    assertThat(run.out()).contains("one inference of each in turn takes", "evicts the others'");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void whereNoParametersStayNothingIsShared() {
    assertThat(Cli.ppe("estimate", SMALL, LARGE, "-a", "tensor-g1", SHARED).out())
        .contains("no parameters stay on the chip: there is nothing to share");
  }

  @Test
  void aModelThatCannotBeReadTakesNothing() {
    Cli run = Cli.ppe("estimate", "no_such_network", SMALL, "-f", "json", SHARED);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(cached(run)).isEqualTo(cached(Cli.ppe("estimate", SMALL, "-f", "json")));
  }

  @Test
  void serversGiveTheSameAnswers() {
    try (TestServer server = TestServer.start()) {
      String[] local = {"estimate", SMALL, LARGE, SMALL, "-f", "json", SHARED};
      String[] remote = {
        "estimate", SMALL, LARGE, SMALL, "-f", "json", SHARED, "--target", server.address()
      };
      assertThat(Cli.ppe(remote).out()).isEqualTo(Cli.ppe(local).out());
    }
  }

  @Test
  void thePlansAreThoseOfTheEstimates() {
    Cli plans = Cli.ppe("compile", SMALL, LARGE, "-f", "json", SHARED);
    List<Long> cached =
        plans.lines().stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .map(ShareParameterMemoryTest::cachedBytes)
            .toList();

    assertThat(cached).isEqualTo(cached(Cli.ppe("estimate", SMALL, LARGE, "-f", "json", SHARED)));
  }

  private static long cachedBytes(JsonObject plan) {
    return plan.getAsJsonObject("memory").get("paramsCachedBytes").getAsLong();
  }

  @Test
  void aCompilationThatStopsBeforeMemoryIsPlannedCannotShareIt() {
    Cli run = Cli.ppe("compile", SMALL, LARGE, "--stop-after", "tile", SHARED);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--share-parameter-memory needs the allocate phase: --stop-after tile is too");
  }
}
