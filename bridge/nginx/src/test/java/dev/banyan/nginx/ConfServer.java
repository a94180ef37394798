package dev.banyan.nginx;

import dev.banyan.nginx.script.RewriteOutcome;
import dev.banyan.nginx.script.Variables;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests by a configuration alone, as far as the model goes without a network: servers,
 * rewrites, locations, access by method, and the content that needs no file.
 */
final class ConfServer {
  private static final int MAX_RELOCATIONS = 10;

  private final ServerMatcher servers;
  private final Variables variables;

  ConfServer(NginxConf conf) {
    this.servers = conf.http().listeners().getFirst().servers();
    this.variables = conf.http().variables();
  }

  String answer(Exchange exchange) {
    boolean merge = servers.defaultServer().settings().mergeSlashes();
    NormalizedUri uri = NormalizedUri.of(exchange.target(), merge);
    if (uri == null) {
      return "400";
    }
    MemoryRequest request = new MemoryRequest(variables, exchange, uri);
    String host = request.host();
    if (host == null && !exchange.host().equals("-")) {
      return "400";
    }
    ServerConf server = servers.match(host, request);
    RewriteOutcome outcome = server.rewrites().run(request);
    String answer = answer(outcome);
    return answer != null ? answer : located(server, request, exchange);
  }

  private static String located(ServerConf server, MemoryRequest request, Exchange exchange) {
    for (int i = 0; i <= MAX_RELOCATIONS; i++) {
      LocationMatch match = server.matcher().match(request.uri(), request);
      LocationConf location = match.location();
      if (match instanceof LocationMatch.SlashRedirect) {
        return Exchange.answer(
            301,
            "http://"
                + exchange.host()
                + location.name()
                + (request.args().isEmpty() ? "" : "?" + request.args()));
      }
      if (location.internal() && i == 0 && !request.isInternal()) {
        return "404";
      }
      location = location.forMethod(exchange.method());
      RewriteOutcome outcome = location.rewrites().run(request);
      String answer = answer(outcome);
      if (answer != null) {
        return answer;
      }
      if (!(outcome instanceof RewriteOutcome.Proceed proceed) || !proceed.relocate()) {
        return content(server, location, request, exchange);
      }
    }
    return "500";
  }

  private static String content(
      ServerConf server, LocationConf location, MemoryRequest request, Exchange exchange) {
    byte[] client = InetAddress.getLoopbackAddress().getAddress();
    if (!AccessSettings.allowed(location.settings().access().rules(), client)) {
      return "403";
    }
    TryFiles files = location.core().tryFiles();
    if (files != null && files.fallbackUri() != null) {
      LocationConf named = server.namedLocations().get(files.fallbackUri().evaluate(request));
      String answer = named == null ? null : answer(named.rewrites().run(request));
      return answer == null ? "404" : answer;
    }
    boolean gif = location.content() instanceof ContentHandler.EmptyGif;
    String method = exchange.method();
    boolean reading = method.equals("GET") || method.equals("HEAD");
    if (gif) {
      return reading ? "200 gif" : "405";
    }
    return reading || method.equals("POST") ? "404" : "405";
  }

  private static @Nullable String answer(RewriteOutcome outcome) {
    return switch (outcome) {
      case RewriteOutcome.Proceed _ -> null;
      case RewriteOutcome.Answer answer ->
          Exchange.answer(answer.status(), answer.text() == null ? "" : answer.text());
      case RewriteOutcome.Redirect redirect ->
          Exchange.answer(redirect.status(), redirect.location());
      case RewriteOutcome.Failure _ -> "500";
    };
  }
}
