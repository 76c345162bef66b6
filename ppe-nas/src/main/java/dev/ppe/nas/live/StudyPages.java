package dev.ppe.nas.live;

import dev.ppe.client.PpeException;
import dev.ppe.nas.report.Detail;
import dev.ppe.nas.report.Details;
import dev.ppe.nas.report.PublicNames;
import dev.ppe.nas.report.StudyPage;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyException;
import dev.ppe.nas.study.Trial;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What there is to ask for.
 *
 * <ul>
 *   <li>{@code /}: the page with all trials so far
 *   <li>{@code /trials?from=N}: what is new from a trial on
 *   <li>{@code /trial?number=N}: a trial's network with its layers, evaluated when it is asked for
 *   <li>{@code /model?name=NAME}: the same of a built-in network
 * </ul>
 */
public final class StudyPages {
  /** Evaluations at a time: more would only make each other slow. */
  private static final int MOST_EVALUATIONS = 4;

  private final Path file;
  private final LiveStudy live;
  private final DetailCache details;
  private final Semaphore room = new Semaphore(MOST_EVALUATIONS);
  private final Consumer<Throwable> faults;

  /**
   * The pages of a study.
   *
   * @param details evaluates what is opened
   * @param faults gets what nobody foresaw
   */
  public StudyPages(Path file, Details details, Consumer<Throwable> faults) {
    this.file = file;
    this.live = new LiveStudy(file, System::nanoTime);
    this.details = new DetailCache(details);
    this.faults = faults;
  }

  /**
   * Reads the study, so that what is wrong with it is known before anybody asks.
   *
   * @throws StudyException if it cannot be read
   */
  public Study study() {
    return live.now().report().study();
  }

  /** The answer to a request. */
  Reply reply(URI asked) {
    try {
      return switch (String.valueOf(asked.getPath())) {
        case "/" -> page();
        case "/trials" -> trials(number(asked, "from"));
        case "/trial" -> trial(number(asked, "number"));
        case "/model" -> model(text(asked, "name"));
        case "/favicon.ico" -> Reply.text(404, "there is none");
        default -> Reply.text(404, "there is no such page");
      };
    } catch (StudyException e) {
      return Reply.problem(503, withoutFolders(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Reply.problem(400, String.valueOf(e.getMessage()));
    } catch (PpeException e) {
      return Reply.problem(502, e.getMessage());
    } catch (RuntimeException e) {
      faults.accept(e);
      return Reply.problem(500, "internal error; the program's output has more");
    }
  }

  /** Tells of what nobody foresaw. */
  void fault(Throwable e) {
    faults.accept(e);
  }

  private Reply page() {
    LiveStudy.Now now = live.now();
    return Reply.html(200, out -> StudyPage.writeLive(now.report(), List.of(), now.id(), out));
  }

  private Reply trials(int from) {
    LiveStudy.Now now = live.now();
    int known = Math.min(from, now.report().study().trials().size());
    return Reply.json(json -> StudyPage.writeNews(now.report(), known, now.id(), json));
  }

  private Reply trial(int number) {
    Study study = study();
    if (number >= study.trials().size()) {
      return Reply.problem(404, "there is no trial %d".formatted(number));
    }
    Trial trial = study.trials().get(number);
    if (trial.metrics().isEmpty()) {
      return Reply.problem(404, "trial %d has no figures".formatted(number));
    }
    return evaluated(() -> details.ofTrial(study, trial));
  }

  private Reply model(String name) {
    Study study = study();
    return evaluated(() -> details.ofModel(study, name));
  }

  private interface Evaluation {
    Detail get();
  }

  private Reply evaluated(Evaluation evaluation) {
    if (!room.tryAcquire()) {
      return Reply.problem(503, "too many networks are asked for at a time; try again");
    }
    try {
      return Reply.json(evaluation.get().body());
    } finally {
      room.release();
    }
  }

  /** Messages begin with the file as it was given. */
  private String withoutFolders(String message) {
    String given = file.toString();
    return message
        .replace(file.toAbsolutePath().toString(), PublicNames.last(given))
        .replace(given, PublicNames.last(given));
  }

  private static int number(URI asked, String name) {
    String text = text(asked, name);
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + " must be a whole number of 0 or more");
    }
    return Integer.parseInt(text);
  }

  private static String text(URI asked, String name) {
    String query = Optional.ofNullable(asked.getRawQuery()).orElse("");
    if (!query.startsWith(name + "=")) {
      throw new IllegalArgumentException("say ?%s=".formatted(name));
    }
    return URLDecoder.decode(query.substring(name.length() + 1), StandardCharsets.UTF_8);
  }
}
