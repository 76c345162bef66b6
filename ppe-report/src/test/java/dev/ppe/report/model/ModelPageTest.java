package dev.ppe.report.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.report.Browser;
import dev.ppe.v1.Fidelity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, as a person uses it. */
class ModelPageTest {
  private static final String HOSTILE = "<script>alert(1)</script>";
  private static final String READY = "document.getElementById('model').dataset.ready";
  private static final int MOST_BYTES = 1_500_000;

  @TempDir private static Path folder;

  private static Browser browser;
  private static Path one;
  private static Path two;
  private static Path host;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    one = folder.resolve("one.html");
    two = folder.resolve("two.html");
    Answers.write(one, Answers.report("mobilenet_edgetpu_v2_s", "tensor-g1"));
    host = folder.resolve("host.html");
    Answers.write(
        host,
        Answers.report(Answers.network("resnet18"), "mobile-cpu", Fidelity.FIDELITY_ANALYTICAL));
    Answers.write(
        two,
        Answers.report("mobilenet_v2", "coral-usb"),
        Answers.report(Answers.network("mobilenet_v1").withName(HOSTILE), "coral-usb"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(Path page) {
    open(page, 1280, 900);
  }

  private static void open(Path page, int width, int height) {
    browser.size(width, height);
    browser.prefersDark(false);
    browser.open(page);
    browser.await(READY);
  }

  @Test
  void everythingIsDrawnFromOneFileWithoutAnError() throws IOException {
    open(one);

    assertThat(browser.all(".chart")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.all("svg.graph .graph-node")).hasSizeGreaterThan(15);
    assertThat(browser.texts(".tile .value").getFirst()).isEqualTo("1.05ms");
    assertThat(browser.number("performance.getEntriesByType('resource').length")).isZero();
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(Files.size(one)).isLessThan(MOST_BYTES);
  }

  @Test
  void aBlockOpensToItsLayersAndALayerSaysWhatHoldsItBack() {
    open(one);
    int blocks = browser.all(".graph-node").size();

    browser.click("[data-block][aria-label^='g4b0']");

    assertThat(browser.all("[data-block][aria-expanded='true']")).hasSize(1);
    assertThat(browser.all(".graph-node[data-layer]")).hasSize(3);
    assertThat(browser.find(".detail h3").getText()).isEqualTo("g4b0");
    browser.click("[data-layer][aria-label^='g4b0/dw3x3']");
    assertThat(browser.find(".detail h3").getText()).isEqualTo("g4b0/dw3x3");
    assertThat(browser.find(".detail").getText()).contains("activation fetch", "tiling");
    assertThat(browser.find(".table-row[aria-selected='true']").getText()).contains("g4b0/dw3x3");
    browser.click("[data-block][aria-label^='g4b0'] text"); // the frame's head
    assertThat(browser.all(".graph-node")).hasSize(blocks);
  }

  @Test
  void blocksOpenByKeyboard() {
    open(one);
    browser.run("document.querySelector('[data-block]').focus()");

    browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);

    assertThat(browser.run("return document.activeElement.dataset.block")).isEqualTo("2");
    browser.press(Keys.ENTER);
    assertThat(browser.find("[data-block='2']").getDomAttribute("aria-expanded")).isEqualTo("true");
    assertThat(browser.run("return document.activeElement.dataset.block")).isEqualTo("2");
  }

  @Test
  void theTableSortsAndFilters() {
    open(one);
    String names = "#layers .table-row > div:nth-child(2)";
    assertThat(browser.texts(names).getFirst()).isEqualTo("logits/conv1x1"); // the slowest first

    browser.click("#layers [data-key='macs'] button");
    assertThat(browser.find("#layers [data-key='macs']").getDomAttribute("aria-sort"))
        .isEqualTo("descending");
    assertThat(browser.texts(names).getFirst()).isEqualTo("g1b0/conv3x3");
    browser.click("#layers [data-key='index'] button");
    browser.click("#layers [data-key='index'] button");
    assertThat(browser.texts(names).getFirst()).isEqualTo("stem/conv5x5");

    browser.type("#layers input[type='search']", "depthwise");
    browser.await("document.querySelector('#layers [role=status]').textContent.includes(' of ')");
    assertThat(browser.texts("#layers .table-row > div:nth-child(3)"))
        .isNotEmpty()
        .allMatch(kind -> kind.contains("depthwise"));
  }

  @Test
  void chartsShowEnergyToo() {
    open(one);
    browser.click("#layers [data-value='energy']");
    browser.click("#layers [data-value='largest']");

    assertThat(browser.find("#layers [data-value='energy']").getDomAttribute("aria-checked"))
        .isEqualTo("true");
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void twoModelsAreComparedLayerByLayerAndANameIsNoMarkup() {
    open(two);
    assertThat(browser.find("h1").getText()).isEqualTo("2 models");
    assertThat(browser.texts("#choose option").get(1)).startsWith(HOSTILE);

    browser.run(
        "const s = document.getElementById('compare-with'); s.value = '1';"
            + " s.dispatchEvent(new Event('change'))");
    browser.await(READY + " && document.querySelector('#compare .table-row')");

    assertThat(browser.find("#compare .swatch-second").getText()).isEqualTo(HOSTILE);
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.texts("#compare .table-row .worse, #compare .table-row .better"))
        .isNotEmpty();
    assertThat(browser.number("document.querySelectorAll('script:not([type])').length"))
        .isEqualTo(browser.number("document.scripts.length - 1"));
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void whatAnAnswerDoesNotHoldIsSaidInItsPlace() {
    open(host);

    assertThat(browser.find("#roofline .empty").getText())
        .startsWith("The peak of 54.0 GMAC/s is the only roof that is known");
    assertThat(browser.find("#course .empty").getText())
        .startsWith("Closed formulas give no course over time");
    assertThat(browser.texts("#bounds .warning").getLast()).contains("run on the host");
    assertThat(browser.blankCharts()).isEmpty();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void coloursFollowTheSystemAndThePersonsChoice() {
    open(one);
    String background = "getComputedStyle(document.body).backgroundColor";
    Object light = browser.run("return " + background);

    browser.prefersDark(true);
    browser.await("document.documentElement.dataset.theme === 'dark'");
    assertThat(browser.run("return " + background)).isNotEqualTo(light);
    assertThat(browser.blankCharts()).isEmpty();

    browser.click("#theme");
    assertThat(browser.run("return " + background)).isEqualTo(light);
    browser.click("#theme");
    browser.run("localStorage.clear()");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void aPhoneScrollsDownAndNotSideways() {
    for (Path page : List.of(one, two)) {
      open(page, 360, 740);

      assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
      assertThat(browser.blankCharts()).isEmpty();
    }
  }
}
