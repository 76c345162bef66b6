package dev.ppe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, as Debian's packages chromium and chromium-driver have it; starting it
 * takes a second, so tests of a class share one. Waits end when what they wait for is there.
 */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 20;

  private final ChromeDriver driver;
  private final Path profile;

  private Browser(Path profile) {
    this.profile = profile;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .build(),
            options);
  }

  /** Starts one; tests are skipped where there is none. */
  public static Browser start() throws IOException {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "no Chromium here: apt-get install chromium chromium-driver");
    return new Browser(Files.createTempDirectory("ppe-browser"));
  }

  /** A file, loaded as far as its scripts have run once. */
  public void open(Path file) {
    driver.get(file.toUri().toString());
  }

  /** A page of a server. */
  public void open(String address) {
    driver.get(address);
  }

  /** What a script returns: {@code return document.title}. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The same of a number. */
  public double number(String expression) {
    return ((Number) run("return " + expression)).doubleValue();
  }

  /** Whether an expression holds. */
  public boolean holds(String expression) {
    return Boolean.TRUE.equals(run("return Boolean(" + expression + ")"));
  }

  /** Waits until an expression holds. */
  public void await(String expression) {
    await(expression, () -> holds(expression));
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for: %s", what).isLessThan(end);
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for: " + what, e);
      }
    }
  }

  /** The elements that a CSS selector finds, in the document's order. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The first of them, which must be there. */
  public WebElement find(String selector) {
    await(selector, () -> !all(selector).isEmpty());
    return all(selector).getFirst();
  }

  /** Their texts as they are seen. */
  public List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }

  /** Clicks the first element that a selector finds, as a mouse does. */
  public void click(String selector) {
    WebElement element = find(selector);
    run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
    element.click();
  }

  /** Types into an element; keys such as {@link Keys#ENTER} too. */
  public void type(String selector, CharSequence... keys) {
    find(selector).sendKeys(keys);
  }

  /**
   * Drags over an element, with shares of its width and height from its upper left corner, as a
   * mouse does.
   */
  public void drag(String selector, double fromX, double fromY, double toX, double toY) {
    WebElement element = find(selector);
    run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
    @SuppressWarnings("unchecked")
    List<Number> box =
        (List<Number>)
            run(
                "const b = arguments[0].getBoundingClientRect();"
                    + "return [b.x, b.y, b.width, b.height]",
                element);
    double[] xs = new double[] {fromX, (fromX + toX) / 2, toX};
    double[] ys = new double[] {fromY, (fromY + toY) / 2, toY};
    String[] kinds = {"mousePressed", "mouseMoved", "mouseMoved", "mouseReleased"};
    mouse("mouseMoved", at(box, xs[0], ys[0]), 0);
    for (int i = 0; i < kinds.length; i++) {
      int place = Math.min(i, 2);
      mouse(kinds[i], at(box, xs[place], ys[place]), 1);
    }
  }

  private static double[] at(List<Number> box, double x, double y) {
    return new double[] {
      box.get(0).doubleValue() + x * box.get(2).doubleValue(),
      box.get(1).doubleValue() + y * box.get(3).doubleValue()
    };
  }

  private void mouse(String kind, double[] place, int buttons) {
    driver.executeCdpCommand(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            kind,
            "x",
            place[0],
            "y",
            place[1],
            "button",
            buttons == 0 ? "none" : "left",
            "buttons",
            buttons,
            "clickCount",
            kind.equals("mouseMoved") ? 0 : 1));
  }

  /** Presses keys where the focus is. */
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** The system's preference for light or dark colours. */
  public void prefersDark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** A screen so large, in CSS pixels. */
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** What the console said since it was last asked: errors of scripts, and what was refused. */
  public List<String> consoleErrors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .filter(entry -> !entry.getMessage().contains("willReadFrequently")) // by blankCharts
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /**
   * The charts on which nothing is drawn, by what they are called: canvases whose pixels are all
   * alike.
   */
  @SuppressWarnings("unchecked")
  public List<String> blankCharts() {
    return (List<String>)
        run(
            """
            return [...document.querySelectorAll(".chart")].filter((chart) => {
              const canvas = chart.querySelector("canvas");
              if (!canvas || canvas.width === 0) return true;
              const pixels = new Uint32Array(
                canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
              return pixels.every((pixel) => pixel === pixels[0]);
            }).map((chart) => chart.getAttribute("aria-label"));
            """);
  }

  /** What is seen now, as a PNG. */
  public void screenshot(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
