package dev.ppe.client.report.load;

import com.google.gson.stream.JsonWriter;
import dev.ppe.client.load.LoadResult;
import dev.ppe.client.load.LoadResult.AnswerCounts;
import dev.ppe.client.load.Percentiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** One object on one line; times in microseconds. */
public final class LoadJson implements LoadWriter {
  private final PrintWriter out;

  /** Writes to {@code out}. */
  public LoadJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  @SuppressWarnings("resource") // closing it would close standard output
  public void write(LoadQuestion question, LoadResult result) {
    try {
      JsonWriter json = new JsonWriter(out);
      json.beginObject();
      json.name("target").value(question.target());
      json.name("rate").value(question.rate());
      json.name("arrivals").value(question.arrivals());
      json.name("workload").value(question.workload());
      json.name("seconds").value(result.seconds());
      json.name("due").value(result.due());
      json.name("goodput").value(result.goodput());
      json.name("failed").value(result.failed());
      json.name("notSent").value(result.notSent());
      json.name("unfinished").value(result.unfinished());
      json.name("interrupted").value(result.interrupted());
      outcomes(json, result);
      json.name("latenessUs");
      percentiles(json, result.lateness());
      answers(json, result.answers());
      json.endObject();
      json.flush();
      out.print('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void outcomes(JsonWriter json, LoadResult result) throws IOException {
    json.name("outcomes").beginArray();
    for (Map.Entry<String, Percentiles> outcome : new TreeMap<>(result.outcomes()).entrySet()) {
      json.beginObject();
      json.name("code").value(outcome.getKey());
      json.name("count").value(outcome.getValue().count());
      String message = result.firstMessages().get(outcome.getKey());
      if (message != null) {
        json.name("firstMessage").value(message);
      }
      json.name("latencyUs");
      percentiles(json, outcome.getValue());
      json.endObject();
    }
    json.endArray();
  }

  private static void percentiles(JsonWriter json, Percentiles figures) throws IOException {
    json.beginObject();
    json.name("p50").value(figures.p50());
    json.name("p90").value(figures.p90());
    json.name("p99").value(figures.p99());
    json.name("p999").value(figures.p999());
    json.name("max").value(figures.max());
    json.endObject();
  }

  private static void answers(JsonWriter json, AnswerCounts answers) throws IOException {
    json.name("answers").beginObject();
    json.name("sent").value(answers.sent());
    json.name("lost").value(answers.lost());
    json.name("duplicate").value(answers.duplicate());
    json.name("verified").value(answers.verified());
    json.name("wrong").value(answers.wrong());
    json.name("unverified").value(answers.unverified());
    json.endObject();
  }
}
