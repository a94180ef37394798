package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.MemcSettings;
import dev.banyan.nginx.script.Variable;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: what a {@code memc_pass} says to memcached. */
final class MemcCommand {
  private static final Set<String> STORING = Set.of("set", "add", "append", "replace", "prepend");

  private static final int DIGITS_32 = 10;
  private static final int DIGITS_64 = 19;

  private final Request r;
  private final ContentHandler.Memc handler;
  private final String name;

  private MemcCommand(Request r, ContentHandler.Memc handler, String name) {
    this.r = r;
    this.handler = handler;
    this.name = name;
  }

  /** The one of a request, by its variable or its method. */
  static MemcCommand of(Request r, ContentHandler.Memc handler) {
    String told = handler.command().evaluate(r);
    String name = told;
    if (told.isEmpty()) {
      name = ofMethod(r);
      tell(handler, r, "memc_cmd", name);
    }
    if (!MemcSettings.COMMANDS.contains(name)) {
      throw refused(r, "ngx_memc: unknown $memc_cmd \"" + name + "\"");
    }
    Set<String> allowed = handler.settings().allowed();
    if (!allowed.isEmpty() && !allowed.contains(name)) {
      r.log(ErrorLog.ERROR, "ngx_memc: memcached command \"" + name + "\" not allowed");
      throw new ResponseAborted(HttpStatus.FORBIDDEN);
    }
    return new MemcCommand(r, handler, name);
  }

  private static String ofMethod(Request r) {
    return switch (r.method()) {
      case "GET", "HEAD" -> "get";
      case "POST" -> "add";
      case "PUT" -> "set";
      case "DELETE" -> "delete";
      default ->
          throw refused(
              r,
              "ngx_memc: $memc_cmd variable not found for HTTP "
                  + r.method().toUpperCase(Locale.ROOT)
                  + " requests");
    };
  }

  private static ResponseAborted refused(Request r, String why) {
    r.log(ErrorLog.ERROR, why);
    return new ResponseAborted(HttpStatus.BAD_REQUEST);
  }

  String name() {
    return name;
  }

  boolean isGet() {
    return name.equals("get");
  }

  /** Its key as it goes out; empty for none. */
  String key() {
    String key = word("memc_key");
    return key == null ? "" : UriText.word(key);
  }

  /** Refuses words that memcached would take for others. */
  void check() {
    boolean counts = name.equals("incr") || name.equals("decr");
    if (STORING.contains(name) || name.equals("flush_all") || name.equals("delete")) {
      checkNumber("memc_exptime");
    }
    if (STORING.contains(name)) {
      checkNumber("memc_flags");
    }
    if (counts) {
      String value = word("memc_value");
      if (value == null || value.isEmpty()) {
        throw refused(r, "the \"$memc_value\" variable is required for command \"" + name + "\"");
      }
      if (!isNumber(value, DIGITS_64)) {
        throw refused(r, "variable \"$memc_value\" is invalid for incr/decr: " + value);
      }
    }
  }

  private void checkNumber(String variable) {
    String value = word(variable);
    if (value != null && !isNumber(value, DIGITS_32)) {
      throw refused(r, "variable \"$" + variable + "\" takes invalid value: " + value);
    }
  }

  private static boolean isNumber(String text, int most) {
    return text.length() <= most && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** All of its octets; of a get the key alone. */
  String octets() {
    if (name.equals("version") || name.equals("stats")) {
      return name + "\r\n";
    }
    String expires = word("memc_exptime");
    if (name.equals("flush_all")) {
      return name + behind(expires) + "\r\n";
    }
    String key = key();
    if (key.isEmpty()) {
      r.log(ErrorLog.ERROR, "the \"$memc_key\" variable is not set");
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    return switch (name) {
      case "get" -> key;
      case "delete" -> name + " " + key + behind(expires) + "\r\n";
      case "incr", "decr" -> name + " " + key + behind(word("memc_value")) + "\r\n";
      default -> {
        String value = value();
        yield name
            + " "
            + key
            + " "
            + number("memc_flags")
            + " "
            + number("memc_exptime")
            + " "
            + value.length()
            + "\r\n"
            + value
            + "\r\n";
      }
    };
  }

  private static String behind(@Nullable String word) {
    return word == null || word.isEmpty() ? "" : " " + word;
  }

  /** A number that is 0 for whoever asks afterwards, where none was given. */
  private String number(String variable) {
    String word = word(variable);
    if (word == null || word.isEmpty()) {
      tell(handler, r, variable, "0");
      return "0";
    }
    return word;
  }

  private static void tell(ContentHandler.Memc handler, Request r, String variable, String value) {
    Variable known = handler.words().get(variable);
    if (known != null) {
      r.set(known, value);
    }
  }

  /** The variable's, or the body. */
  private String value() {
    String value = word("memc_value");
    if (value != null) {
      return value;
    }
    if (r.body().length() <= 0) {
      r.log(
          ErrorLog.ERROR, "neither the \"$memc_value\" variable nor the request body is available");
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    r.body().copyTo(piece -> body.writeBytes(piece.bytes()));
    return Octets.string(body.toByteArray());
  }

  private @Nullable String word(String variable) {
    Variable known = handler.words().get(variable);
    return known == null ? null : r.variable(known);
  }
}
