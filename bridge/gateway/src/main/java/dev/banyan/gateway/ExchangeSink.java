package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.HttpExchange;
import java.time.Duration;

/** Owned by its connection's loop: the client as the end of a response. */
final class ExchangeSink implements Sink {
  private final HttpExchange exchange;

  ExchangeSink(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void head(int status, String statusLine, WireHead head) {
    exchange.leading(head.leading());
    exchange.sendHead(status, statusLine, head.fields());
  }

  @Override
  public void write(Chunk piece) {
    exchange.write(piece);
  }

  @Override
  public void flush() {
    exchange.flush();
  }

  @Override
  public void awaitSent() {
    exchange.awaitSent();
  }

  @Override
  public void awaitWritable(Duration timeout, boolean drained) {
    exchange.awaitWritable(timeout, drained);
  }

  @Override
  public void end(Headers trailers) {
    if (trailers.size() > 0) {
      exchange.trailers(trailers);
    }
    exchange.end();
  }

  @Override
  public void abort() {
    exchange.abort();
  }
}
