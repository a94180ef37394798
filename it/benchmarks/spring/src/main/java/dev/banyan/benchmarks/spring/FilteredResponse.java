package dev.banyan.benchmarks.spring;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Owned by its exchange's event loop: an answer that the ports filter on its way to the client. */
final class FilteredResponse extends ServerHttpResponseDecorator {
  private final EdgePorts ports;
  private final EdgeCall call;
  private boolean headersDone;

  FilteredResponse(ServerHttpResponse response, EdgePorts ports, EdgeCall call) {
    super(response);
    this.ports = ports;
    this.call = call;
  }

  private void filterHeaders() {
    if (!headersDone) {
      headersDone = true;
      ports.onHeaders(call);
      // the gateway has taken it away from an answer that came with a length
      if (getHeaders().getContentLength() < 0) {
        getHeaders().set(HttpHeaders.TRANSFER_ENCODING, "chunked");
      }
    }
  }

  @Override
  public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
    filterHeaders();
    return super.writeWith(Flux.from(body).map(this::filtered).concatWith(Mono.defer(this::end)));
  }

  @Override
  public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
    filterHeaders();
    Flux<Publisher<DataBuffer>> pieces =
        Flux.from(body).map(part -> Flux.from(part).map(this::filtered));
    return super.writeAndFlushWith(pieces.concatWith(Mono.just(Mono.defer(this::end))));
  }

  @Override
  public Mono<Void> setComplete() {
    filterHeaders();
    return super.setComplete();
  }

  private DataBuffer filtered(DataBuffer piece) {
    call.piece(piece, false);
    ports.onPiece(call);
    byte[] changed = call.changedPiece();
    if (changed == null) {
      call.sending(piece.readableByteCount());
      return piece;
    }
    DataBufferUtils.release(piece);
    return sent(changed);
  }

  /** The end of the body, which a filter may have held something back for. */
  private Mono<DataBuffer> end() {
    call.piece(null, true);
    ports.onPiece(call);
    byte[] held = call.changedPiece();
    return held == null || held.length == 0 ? Mono.empty() : Mono.just(sent(held));
  }

  private DataBuffer sent(byte[] octets) {
    call.sending(octets.length);
    return bufferFactory().wrap(octets);
  }
}
