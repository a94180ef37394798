package dev.banyan.gateway;

import dev.banyan.nginx.XssSettings;
import dev.banyan.transport.Chunk;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code xss_get}, which makes an answer the call of a function. */
final class XssFilter implements BodyFilter {
  private static final int CREATED = 201;
  private static final Pattern FUNCTION =
      Pattern.compile(
          "[$A-Za-z][$A-Za-z0-9_]*(?:\\.[$A-Za-z][$A-Za-z0-9_]*)*(?:\\[(?:[0-9]*\\.)?[0-9]+\\])?");

  private final String function;
  private final BodyFilter next;
  private boolean begun;

  XssFilter(String function, BodyFilter next) {
    this.function = function;
    this.next = next;
  }

  /** The function that an answer is to call; null where it stays as it is. */
  static @Nullable String function(Request r, XssSettings settings) {
    if (!settings.on() || !r.isMain() || !r.method().equals("GET")) {
      return null;
    }
    int status = r.response().status();
    if (settings.checkStatus() && status != HttpStatus.OK && status != CREATED) {
      return null;
    }
    if (settings.argument().isEmpty()) {
      r.log(ErrorLog.ERROR, "xss: xss_get is enabled but no xss_callback_arg specified");
      return null;
    }
    String type = r.response().headers().first("Content-Type");
    if (!Charset.listed(type, settings.inputTypes())) {
      return null;
    }
    String argument = VariableValues.argument(r.args(), settings.argument());
    if (argument == null) {
      return null;
    }
    String name = UriComponents.unescape(argument.replace("+", "%2B"));
    if (!FUNCTION.matcher(name).matches()) {
      r.log(ErrorLog.ERROR, "xss: bad callback argument: \"" + name + "\"");
      return null;
    }
    return name;
  }

  static void prepare(Response response, XssSettings settings) {
    response.headers().set("Content-Type", settings.outputType());
    response.places().forgetLength();
    response.headers().remove("Accept-Ranges");
    response.allowRanges(false);
    if (settings.overrideStatus() && response.status() >= HttpStatus.SPECIAL_RESPONSE) {
      response.status(HttpStatus.OK);
    }
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (!begun) {
      begun = true;
      next.write(Chunk.of(Octets.bytes(function + "(")), false);
    }
    next.write(piece, false);
    if (last) {
      next.write(Chunk.of(Octets.bytes(");")), true);
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
