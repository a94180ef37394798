package dev.banyan.benchmarks.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** Owned by its exchange's event loop: the request as the ports want it to go to the origin. */
final class PassedRequest extends ServerHttpRequestDecorator {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final HttpHeaders headers;
  private final URI uri;
  private final @Nullable DataBuffer body;

  /**
   * The request, with the client's address added to those that it came by.
   *
   * @param body its body where that has been read; null where it hasn't
   */
  PassedRequest(ServerHttpRequest request, EdgeCall call, @Nullable DataBuffer body) {
    super(request);
    this.body = body;
    headers = call.changedHeaders();
    String before = headers.getFirst(FORWARDED_FOR);
    headers.set(FORWARDED_FOR, before == null ? call.client() : before + ", " + call.client());
    String target = call.target();
    URI own = request.getURI();
    uri = target == null ? own : URI.create(own.getScheme() + "://" + own.getAuthority() + target);
  }

  @Override
  public HttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public Flux<DataBuffer> getBody() {
    return body == null ? super.getBody() : Flux.just(body);
  }
}
