package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads the whole request and answers with the status that it deserves, also as the body. */
final class Verdict implements ExchangeHandler {
  /** Well below what the client waits: one case never ends its body. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  @Override
  public void handle(HttpExchange exchange) {
    try {
      Chunk piece = exchange.requestBody().read(WAIT);
      while (piece != null) {
        piece.discard();
        piece = exchange.requestBody().read(WAIT);
      }
      answer(exchange, 200);
    } catch (TransportException e) {
      exchange.closeAfterResponse();
      answer(exchange, 400);
    }
  }

  @Override
  public void malformed(BadRequest why, HttpExchange exchange) {
    answer(exchange, why.status());
  }

  private static void answer(HttpExchange exchange, int status) {
    byte[] body = ("status " + status).getBytes(StandardCharsets.ISO_8859_1);
    Headers headers = new Headers();
    headers.add("Content-Length", Integer.toString(body.length));
    exchange.sendHead(status == 494 ? 400 : status, "", headers);
    exchange.write(Chunk.of(body));
    exchange.end();
  }
}
