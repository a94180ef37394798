package dev.banyan.benchmarks.spring;

import java.net.InetSocketAddress;
import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Immutable, for any thread: puts the origin that the ports chose in the place of the route's. */
final class PeerFilter implements GlobalFilter, Ordered {
  @Override
  public int getOrder() {
    return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    EdgeCall call = exchange.getRequiredAttribute(EdgeCall.ATTRIBUTE);
    InetSocketAddress peer = call.peer();
    URI asked = exchange.getRequest().getURI();
    String query = asked.getRawQuery();
    URI chosen =
        URI.create(
            "http://"
                + peer.getHostString()
                + ":"
                + peer.getPort()
                + asked.getRawPath()
                + (query == null ? "" : "?" + query));
    exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, chosen);
    return chain.filter(exchange);
  }
}
