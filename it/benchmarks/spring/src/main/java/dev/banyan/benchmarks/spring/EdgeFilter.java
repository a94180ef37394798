package dev.banyan.benchmarks.spring;

import dev.banyan.api.Decision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Immutable, for any thread: runs the ports around everything else that the gateway does with a
 * request. Before what writes the answer, so that its own answers and the origin's are filtered.
 */
final class EdgeFilter implements GlobalFilter, Ordered {
  private static final int MAX_BODY = 65_536;

  private final EdgePorts ports;

  EdgeFilter(EdgePorts ports) {
    this.ports = ports;
  }

  @Override
  public int getOrder() {
    return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    long length = exchange.getRequest().getHeaders().getContentLength();
    if (length <= 0 || length > MAX_BODY) {
      return handle(exchange, chain, null, null);
    }
    return DataBufferUtils.join(exchange.getRequest().getBody(), MAX_BODY)
        .flatMap(joined -> {
          byte[] bytes = new byte[joined.readableByteCount()];
          joined.toByteBuffer(ByteBuffer.wrap(bytes));
          return handle(exchange, chain, bytes, joined);
        });
  }

  private Mono<Void> handle(
      ServerWebExchange exchange,
      GatewayFilterChain chain,
      byte @Nullable [] body,
      @Nullable DataBuffer joined) {
    EdgeCall call = new EdgeCall(exchange, body);
    exchange.getAttributes().put(EdgeCall.ATTRIBUTE, call);
    FilteredResponse answer = new FilteredResponse(exchange.getResponse(), ports, call);
    Decision.Verdict verdict = ports.onRequest(call);
    Mono<Void> answered;
    if (verdict instanceof Decision.Verdict.Next) {
      PassedRequest passed = new PassedRequest(exchange.getRequest(), call, joined);
      answered = chain.filter(exchange.mutate().request(passed).response(answer).build());
    } else {
      if (joined != null) {
        DataBufferUtils.release(joined);
      }
      answered = answer(verdict, answer, call);
    }
    return answered.doFinally(_ -> ports.onEnd(call));
  }

  private static Mono<Void> answer(
      Decision.Verdict verdict, FilteredResponse answer, EdgeCall call) {
    return switch (verdict) {
      case Decision.Verdict.Respond(var status, var text) ->
          send(answer, status, text == null ? page(status) : text, text == null);
      case Decision.Verdict.Redirect(var location, var status) -> {
        answer.getHeaders().set("Location", location);
        yield send(answer, status, page(status), true);
      }
      case Decision.Verdict.InternalRedirect _ -> // the legacy has one place for them: @suspended
          send(
              answer,
              HttpStatus.PAYMENT_REQUIRED.value(),
              "<html><body><h1>"
                  + call.variable("tenant_id")
                  + " is suspended</h1></body></html>\n",
              true);
      case Decision.Verdict.Next _, Decision.Verdict.Decline _ ->
          throw new IllegalStateException("nothing was decided: " + verdict);
    };
  }

  private static Mono<Void> send(FilteredResponse answer, int status, String text, boolean html) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    answer.setStatusCode(HttpStatusCode.valueOf(status));
    if (html) {
      answer.getHeaders().setContentType(MediaType.TEXT_HTML);
    }
    answer.getHeaders().setContentLength(octets.length);
    return answer.writeWith(Mono.just(answer.bufferFactory().wrap(octets)));
  }

  /** A page as nginx has one for each status. */
  private static String page(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    String title = known == null ? String.valueOf(status) : status + " " + known.getReasonPhrase();
    return "<html>\r\n<head><title>"
        + title
        + "</title></head>\r\n<body>\r\n<center><h1>"
        + title
        + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
  }
}
