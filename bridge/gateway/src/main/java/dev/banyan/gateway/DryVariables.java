package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.Variable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The values of nginx's own variables in a dry run: what follows from the request is made of the
 * dry one, what is a fact is the live one's, and what is neither ends the dry run.
 */
final class DryVariables {
  private DryVariables() {}

  static @Nullable String standard(DryRequest dry, BuiltinVariable which) {
    RequestMoment live = dry.live();
    Headers head = dry.requestHeaders();
    return switch (which) {
      case ARGS, QUERY_STRING -> dry.args().isEmpty() && !dry.argsGiven() ? null : dry.args();
      case IS_ARGS -> dry.args().isEmpty() ? "" : "?";
      case URI, DOCUMENT_URI -> dry.uri();
      case REQUEST_METHOD -> dry.method();
      case CONTENT_LENGTH -> head.first("Content-Length");
      case CONTENT_TYPE -> head.first("Content-Type");
      case HOST -> host(head, live);
      case STATUS -> dry.status() == 0 ? "000" : String.format(Locale.ROOT, "%03d", dry.status());
      case PIPE -> ".";
      case PROXY_ADD_X_FORWARDED_FOR -> {
        String before = VariableValues.join(head.all("X-Forwarded-For"), ", ");
        String address = live.facts().get(BuiltinVariable.REMOTE_ADDR);
        yield before == null ? address : before + ", " + address;
      }
      default -> fact(live, which);
    };
  }

  private static @Nullable String fact(RequestMoment live, BuiltinVariable which) {
    if (!RequestMoment.keeps(which)) {
      throw new Unmeasured("$" + which.text() + " is read, which is not kept");
    }
    return live.facts().get(which);
  }

  private static @Nullable String host(Headers head, RequestMoment live) {
    String asked = live.sentHost().asked(head);
    return asked == null ? live.facts().get(BuiltinVariable.SERVER_NAME) : asked;
  }

  static @Nullable String prefixed(DryRequest dry, Variable.Prefixed variable) {
    RequestMoment live = dry.live();
    String key = variable.key();
    return switch (variable.prefix()) {
      case HTTP -> VariableValues.requestField(dry.requestHeaders(), key);
      case COOKIE -> Cookies.find(dry.requestHeaders(), key);
      case ARG -> VariableValues.argument(dry.args(), key);
      case UPSTREAM_HTTP -> VariableValues.field(live.upstream(), key);
      case UPSTREAM_COOKIE -> VariableValues.upstreamCookie(live.upstream(), key);
      case SENT_HTTP -> sent(dry.responseHeaders(), key);
      case SENT_TRAILER, UPSTREAM_TRAILER -> null;
    };
  }

  private static @Nullable String sent(Headers response, String key) {
    return switch (key) {
      case "connection", "keep_alive", "transfer_encoding" ->
          throw new Unmeasured("$sent_http_" + key + " is read, which is not kept");
      case "cache_control", "link" -> {
        List<String> all = response.all(key.replace('_', '-'));
        yield VariableValues.join(all, ", ");
      }
      default -> VariableValues.field(response, key);
    };
  }
}
