package dev.ppe.nas.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Serves {@link StudyPages} over plain HTTP, each request on a thread of its own. Whatever is wrong
 * with a request or on the way, an answer tells nothing of this machine.
 */
public final class StudyServer implements AutoCloseable {
  private static final int MAX_WAITING_CONNECTIONS = 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final RequestRules rules;
  private final Function<URI, Reply> pages;
  private final Consumer<Throwable> faults;

  private StudyServer(
      InetSocketAddress address,
      RequestRules rules,
      Function<URI, Reply> pages,
      Consumer<Throwable> faults)
      throws IOException {
    this.rules = rules;
    this.pages = pages;
    this.faults = faults;
    limitSlowClients();
    server = HttpServer.create(address, MAX_WAITING_CONNECTIONS);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Begins to serve.
   *
   * @param host a name or address of this machine
   * @param port 0 for any that is free
   * @throws IllegalArgumentException if there is no such host
   * @throws IOException if it cannot listen there
   */
  public static StudyServer start(String host, int port, StudyPages pages) throws IOException {
    return start(host, port, pages::reply, pages::fault);
  }

  /** Serves any pages; what fails while they are written is a fault. */
  static StudyServer start(
      String host, int port, Function<URI, Reply> pages, Consumer<Throwable> faults)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("\"%s\" has no address".formatted(host));
    }
    return new StudyServer(address, new RequestRules(host), pages, faults);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** The JDK's server has no limits unless told so, before its first use in the process. */
  private static void limitSlowClients() {
    limit("maxReqTime", 10);
    limit("maxRspTime", 60);
    limit("maxReqHeaders", 50);
    limit("maxReqHeaderSize", 16_384);
    System.setProperty("jdk.httpserver.maxConnections", "100");
  }

  private static void limit(String name, int value) {
    String property = "sun.net.httpserver." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Optional<Reply> refusal = rules.refusal(exchange);
    if (refusal.isPresent()) {
      exchange.getResponseHeaders().set("Connection", "close"); // a body may follow
    }
    send(exchange, refusal.orElseGet(() -> pages.apply(exchange.getRequestURI())));
    exchange.close();
  }

  /**
   * Sends an answer. Where it fails halfway, the server breaks the connection off, so that browsers
   * do not take what came for the whole.
   */
  private void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    // Beside the page's own policy, which a page cannot say for itself.
    headers.set("Content-Security-Policy", "frame-ancestors 'none'");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), 0); // in pieces, as they come
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8));
    try {
      reply.content().write(out);
    } catch (RuntimeException e) {
      faults.accept(e);
      throw e;
    }
    out.close(); // says that this was all
  }

  /** Ends at once; browsers see that it is gone. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
