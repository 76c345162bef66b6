package dev.ppe.nas.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which requests are answered at all.
 *
 * <p>Any page on the web can make a browser ask this server. What it asks as another site is
 * refused by what browsers say of themselves ({@code Sec-Fetch-Site}); and what it asks under a
 * name of its own that it lets point to this machine (DNS rebinding) by the {@code Host}: names are
 * taken by nobody but {@code localhost} and the host that the server was told to listen at, and
 * addresses cannot be rebound.
 *
 * @param host that the server was told to listen at
 */
record RequestRules(String host) {
  private static final int MOST_URI = 300;

  /** An address of either version as a Host header has it, with or without a port. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]{2,45}])(?::[0-9]{1,5})?");

  private static final Pattern PORT = Pattern.compile("(?::[0-9]{1,5})?");

  /** Why a request is refused, if it is. */
  Optional<Reply> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Optional.of(Reply.text(405, "only GET and HEAD"));
    }
    if (!isOwn(Optional.ofNullable(headers.get("Host")).orElse(List.of()))) {
      return Optional.of(Reply.text(403, "ask this server by its address, or as localhost"));
    }
    if (exchange.getRequestURI().toString().length() > MOST_URI) {
      return Optional.of(Reply.text(414, "the request is too long"));
    }
    if (hasBody(headers)) {
      return Optional.of(Reply.text(413, "requests have no bodies here"));
    }
    boolean page = "/".equals(exchange.getRequestURI().getPath());
    String site = headers.getFirst("Sec-Fetch-Site");
    if (!page && site != null && !site.equals("same-origin") && !site.equals("none")) {
      return Optional.of(Reply.text(403, "other sites may not ask"));
    }
    return Optional.empty();
  }

  private boolean isOwn(List<String> hosts) {
    if (hosts.size() != 1) {
      return false;
    }
    String asked = hosts.getFirst();
    return ADDRESS.matcher(asked).matches() || isName("localhost", asked) || isName(host, asked);
  }

  private static boolean isName(String name, String asked) {
    return asked.regionMatches(true, 0, name, 0, name.length())
        && PORT.matcher(asked.substring(name.length())).matches();
  }

  private static boolean hasBody(Headers headers) {
    String length = headers.getFirst("Content-Length");
    return headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
  }
}
