package dev.ppe.nas.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.PredictedStudies;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.SyntheticStudy;
import dev.ppe.nas.study.Trial;
import dev.ppe.report.JsonBody;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page holds the study, whole and escaped. */
class StudyPageTest {
  private static final String OBJECTIVE = "quality, latency<=1ms";

  @TempDir private Path folder;

  private Study study(String fileName, String space, int trials) {
    Path file = folder.resolve(fileName);
    SyntheticStudy.create(file, space, OBJECTIVE, trials, 500, 3);
    return StudyFile.read(file);
  }

  private Study study(int trials) {
    return study("study.db", Spaces.text("mobilenet-edgetpu-v2"), trials);
  }

  private static String page(Study study) throws IOException {
    StringWriter page = new StringWriter();
    StudyPage.write(StudyReport.of(study), List.of(), page);
    return page.toString();
  }

  private static JsonObject data(String page) {
    Matcher element =
        Pattern.compile("<script type=\"application/json\" id=\"study\">(.*?)</script>")
            .matcher(page);
    assertThat(element.find()).isTrue();
    return JsonParser.parseString(element.group(1)).getAsJsonObject();
  }

  @Test
  void everyTrialIsThereWithItsFiguresAndChoices() throws Exception {
    Study study = study(300);
    JsonObject data = data(page(study));
    JsonObject trials = data.getAsJsonObject("trials");
    JsonArray parameters = data.getAsJsonObject("study").getAsJsonArray("parameters");
    assertThat(trials.get("count").getAsInt()).isEqualTo(300);
    for (Trial trial : study.trials()) {
      int i = (int) trial.number();
      JsonElement latency = trials.getAsJsonObject("metrics").getAsJsonArray("latency_us").get(i);
      if (trial.metrics().isPresent()) {
        assertThat(latency.getAsDouble())
            .isEqualTo(trial.metrics().get().get(dev.ppe.nas.objective.Metric.LATENCY));
      } else {
        assertThat(latency.isJsonNull()).isTrue();
        assertThat(trials.getAsJsonArray("state").get(i).getAsInt()).isEqualTo(3);
      }
      for (int p = 0; p < parameters.size(); p++) {
        JsonObject parameter = parameters.get(p).getAsJsonObject();
        int choice = trials.getAsJsonArray("parameters").get(p).getAsJsonArray().get(i).getAsInt();
        String name = parameter.get("name").getAsString();
        assertThat(trial.point().uses(name)).isEqualTo(choice >= 0);
        if (choice >= 0) {
          assertThat(parameter.getAsJsonArray("labels").get(choice).getAsString())
              .isEqualTo(trial.point().text(name));
        }
      }
    }
  }

  @Test
  void theSameStudyGivesTheSamePage() throws Exception {
    Study study = study(100);
    assertThat(page(study)).isEqualTo(page(study));
  }

  /** What is new, behind what was there, is the whole. */
  @Test
  void newsHaveTheTrialsFromOneOn() throws Exception {
    Study study = study(120);
    JsonObject news = news(study, 100);
    JsonObject trials = news.getAsJsonObject("news").getAsJsonObject("trials");
    JsonObject whole = data(page(study)).getAsJsonObject("trials");
    assertThat(news.get("id").getAsString()).isEqualTo("id");
    assertThat(news.getAsJsonObject("news").has("study")).isFalse();
    assertThat(trials.get("from").getAsInt()).isEqualTo(100);
    assertThat(trials.getAsJsonArray("state"))
        .containsExactlyElementsOf(whole.getAsJsonArray("state").asList().subList(100, 120));
  }

  private static JsonObject news(Study study, int from) throws IOException {
    StringWriter text = new StringWriter();
    JsonBody body = json -> StudyPage.writeNews(StudyReport.of(study), from, "id", json);
    body.write(new JsonWriter(text));
    return JsonParser.parseString(text.toString()).getAsJsonObject();
  }

  /** It comes after the last trial: pages that have all of them get it too. */
  @Test
  void whatTheServiceSaysOfWinnersIsBesideWhatWasPredicted() throws Exception {
    String name = "/home/somebody/<img src=x onerror=alert(1)>.json";
    try (StudyFile file = StudyFile.inMemory(PredictedStudies.definition(name), 4)) {
      PredictedStudies.search(file);
      JsonObject before = data(page(file.study()));
      assertThat(before.getAsJsonObject("study").get("costs").getAsString())
          .isEqualTo(
              "model <img src=x onerror=alert(1)>.json: latency by table of 40 samples,"
                  + " simulator 1");
      assertThat(before.getAsJsonObject("progress").getAsJsonArray("recosted")).isEmpty();

      PredictedStudies.recost(file);
      String page = page(file.study());
      assertThat(page).doesNotContain("<img src=x", "<b>large", "somebody");
      JsonElement recosted = data(page).getAsJsonObject("progress").get("recosted");
      assertThat(recosted)
          .isEqualTo(
              JsonParser.parseString(
                  """
                  [{"trial": 0, "answer": {"simulator": "1.5", "latency_us": 84,
                    "energy_uj": 12.5, "memory_bytes": 4096, "quality": 5}},
                   {"trial": 1, "answer": {"simulator": "1.5", "failure": "too <b>large</b>"}},
                   {"trial": 2, "violation": 0.25, "answer": {"simulator": "1.5",
                    "latency_us": 125, "energy_uj": 12.5, "memory_bytes": 4096, "quality": 7}}]
                  """));
      JsonObject news = news(file.study(), 4).getAsJsonObject("news");
      assertThat(news.getAsJsonObject("progress").get("recosted")).isEqualTo(recosted);
      assertThat(data(page).getAsJsonObject("trials").get("metrics"))
          .isEqualTo(before.getAsJsonObject("trials").get("metrics"));
    }
  }

  @Test
  void studiesOnTheServiceHaveNothingReCosted() throws Exception {
    JsonObject data = data(page(study(20)));
    assertThat(data.getAsJsonObject("study").has("costs")).isFalse();
    assertThat(data.getAsJsonObject("progress").has("recosted")).isFalse();
  }

  @Test
  void nothingFromAStudyIsMarkup() throws Exception {
    String space =
        Spaces.text("nasbench201")
            .replaceFirst("(?m)^description:.*$", "description: \"<script>alert(1)</script>\"");
    Study study = study("<img src=x onerror=alert(1)>.db", space, 200);
    String page = page(study);
    assertThat(page).doesNotContain("<script>alert", "<img src=x");
    JsonObject data = data(page);
    assertThat(data.getAsJsonObject("study").get("description").getAsString())
        .isEqualTo("<script>alert(1)</script>");
    assertThat(data.getAsJsonObject("trials").getAsJsonArray("failures").toString())
        .contains("alert('kernel')");
  }

  @Test
  void foldersOfThisMachineAreNotInIt() throws Exception {
    assertThat(page(study(50))).doesNotContain(folder.toString());
  }

  @Test
  void aStudyWithoutTrialsHasAPage() throws Exception {
    JsonObject data = data(page(study(0)));
    assertThat(data.getAsJsonObject("trials").get("count").getAsInt()).isZero();
    assertThat(data.getAsJsonObject("progress").getAsJsonArray("front")).isEmpty();
  }

  /**
   * Of 86 parameters, with the charting library: what a thousand trials add, ten times. Trials take
   * the same room each.
   */
  @Test
  void tenThousandTrialsFitInEightMegabytes() throws Exception {
    String space = Spaces.text("mobilenet-edgetpu-v2");
    long none = page(study("none.db", space, 0)).length();
    long thousand = page(study("thousand.db", space, 1_000)).length();
    assertThat(none + 10 * (thousand - none)).isLessThan(8_000_000);
  }
}
