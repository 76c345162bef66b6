package dev.ppe.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ppe.server.config.AdminSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the pages, each on a thread of its own. Only GET and HEAD, and only what is listed. */
public final class AdminServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
  private static final int MAX_WAITING_CONNECTIONS = 16;

  /** A page as it is now. */
  public interface Page {
    Answer get();
  }

  /**
   * An answer.
   *
   * @param status HTTP's
   * @param type of the content
   * @param content text
   */
  public record Answer(int status, String type, String content) {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String HTML = "text/html; charset=utf-8";

    /** The form that Prometheus reads. */
    static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Page> pages;

  private AdminServer(InetSocketAddress address, Map<String, Page> pages) throws IOException {
    this.pages = Map.copyOf(pages);
    limitSlowClients();
    server = HttpServer.create(address, MAX_WAITING_CONNECTIONS);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * A server of {@code pages}, by their paths.
   *
   * @throws IllegalArgumentException if there is no such host
   * @throws IOException if it cannot listen there
   */
  static AdminServer start(AdminSettings settings, Map<String, Page> pages) throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "admin.host is \"%s\", which has no address".formatted(settings.host()));
    }
    if (!address.getAddress().isLoopbackAddress()) {
      log.warn("the admin pages are open to whoever reaches {}", settings.host());
    }
    return new AdminServer(address, pages);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** The JDK's server waits for ever for the rest of a request unless told otherwise. */
  private static void limitSlowClients() {
    for (String limit : new String[] {"maxReqTime", "maxRspTime"}) {
      String property = "sun.net.httpserver." + limit;
      if (System.getProperty(property) == null) {
        System.setProperty(property, "10");
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return new Answer(405, Answer.TEXT, "only GET and HEAD\n");
    }
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return new Answer(404, Answer.TEXT, "there is no such page\n");
    }
    try {
      return page.get();
    } catch (RuntimeException e) {
      log.warn("page {}", exchange.getRequestURI().getPath(), e);
      return new Answer(500, Answer.TEXT, "internal error\n");
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] content = answer.content().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), content.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(content);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
