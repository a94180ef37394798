package dev.banyan.gateway;

import dev.banyan.nginx.script.BuiltinVariable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of the echo module's variables. */
final class EchoVariables {
  private EchoVariables() {}

  static @Nullable String value(Request r, BuiltinVariable which) {
    return switch (which) {
      case ECHO_IT -> r.echoOrNull() == null ? null : r.echo().chosen();
      case ECHO_INCR -> r.echoCount();
      case ECHO_TIMER_ELAPSED -> elapsed(r);
      case ECHO_REQUEST_METHOD -> r.method();
      case ECHO_CLIENT_REQUEST_METHOD -> r.main().method();
      case ECHO_CLIENT_REQUEST_HEADERS ->
          r.client().exchange().version() == 20 ? null : r.luaHost().rawHead(true);
      case ECHO_REQUEST_URI -> r.uri().isEmpty() ? null : r.uri();
      case ECHO_CACHEABLE_REQUEST_URI -> r.firstUri();
      case ECHO_RESPONSE_STATUS ->
          r.response().ownStatus() == 0 ? null : String.valueOf(r.response().ownStatus());
      default -> throw new IllegalArgumentException("not of the echo module: $" + which.text());
    };
  }

  private static String elapsed(Request r) {
    long millis = Math.max(0, r.worker().nowMillis() - r.echo().timerBegan());
    return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
  }
}
