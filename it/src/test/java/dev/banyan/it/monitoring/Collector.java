package dev.banyan.it.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Thread-safe: takes spans by OTLP over HTTP, as soon as it is let. */
public final class Collector implements AutoCloseable {
  private final HttpServer server;
  private final CountDownLatch open;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();

  /**
   * A span as it came.
   *
   * @param link the span that it points to in another trace; empty for none
   */
  record Span(
      String trace,
      String id,
      String parent,
      String name,
      long kind,
      long nanos,
      Map<String, String> attributes,
      String link) {}

  private Collector(HttpServer server, CountDownLatch open) {
    this.server = server;
    this.open = open;
  }

  /** Starts one that answers. */
  public static Collector start() throws IOException {
    return start(new CountDownLatch(0));
  }

  /** One that answers only once the latch is open. */
  static Collector start(CountDownLatch open) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Collector collector = new Collector(server, open);
    server.createContext("/v1/traces", collector::take);
    server.start();
    return collector;
  }

  /** Where it takes spans. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  /** All octets that came. */
  public String received() {
    return String.join("", received);
  }

  List<Span> spans() {
    return spans;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      open.await();
      received.add(new String(body, StandardCharsets.ISO_8859_1));
      for (Proto resource : Proto.of(body).messages(1)) {
        for (Proto scope : resource.messages(2)) {
          scope.messages(2).forEach(span -> spans.add(span(span)));
        }
      }
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Span span(Proto span) {
    Map<String, String> attributes = new TreeMap<>();
    for (Proto pair : span.messages(9)) {
      Proto value = pair.messages(2).getFirst();
      attributes.put(pair.text(1), value.text(1).isEmpty() ? "" + value.number(3) : value.text(1));
    }
    List<Proto> links = span.messages(13);
    return new Span(
        hex(span.octets(1)),
        hex(span.octets(2)),
        hex(span.octets(4)),
        span.text(5),
        span.number(6),
        span.number(8) - span.number(7),
        attributes,
        links.isEmpty() ? "" : hex(links.getFirst().octets(2)));
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  @Override
  public void close() {
    open.countDown();
    server.stop(0);
  }
}
