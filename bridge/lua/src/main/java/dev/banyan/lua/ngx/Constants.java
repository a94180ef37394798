package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.NullPointer;
import dev.banyan.lua.Table;
import java.util.Map;

/** The constants of {@code ngx}: statuses, methods, log levels and return codes. */
public final class Constants {
  /** Every numeric constant by name. */
  public static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("OK", 0),
          Map.entry("ERROR", -1),
          Map.entry("AGAIN", -2),
          Map.entry("DONE", -4),
          Map.entry("DECLINED", -5),
          Map.entry("STDERR", 0),
          Map.entry("EMERG", 1),
          Map.entry("ALERT", 2),
          Map.entry("CRIT", 3),
          Map.entry("ERR", 4),
          Map.entry("WARN", 5),
          Map.entry("NOTICE", 6),
          Map.entry("INFO", 7),
          Map.entry("DEBUG", 8),
          Map.entry("HTTP_GET", 2),
          Map.entry("HTTP_HEAD", 4),
          Map.entry("HTTP_POST", 8),
          Map.entry("HTTP_PUT", 16),
          Map.entry("HTTP_DELETE", 32),
          Map.entry("HTTP_MKCOL", 64),
          Map.entry("HTTP_COPY", 128),
          Map.entry("HTTP_MOVE", 256),
          Map.entry("HTTP_OPTIONS", 512),
          Map.entry("HTTP_PROPFIND", 1024),
          Map.entry("HTTP_PROPPATCH", 2048),
          Map.entry("HTTP_LOCK", 4096),
          Map.entry("HTTP_UNLOCK", 8192),
          Map.entry("HTTP_PATCH", 16384),
          Map.entry("HTTP_TRACE", 32768),
          Map.entry("HTTP_CONTINUE", 100),
          Map.entry("HTTP_SWITCHING_PROTOCOLS", 101),
          Map.entry("HTTP_OK", 200),
          Map.entry("HTTP_CREATED", 201),
          Map.entry("HTTP_ACCEPTED", 202),
          Map.entry("HTTP_NO_CONTENT", 204),
          Map.entry("HTTP_PARTIAL_CONTENT", 206),
          Map.entry("HTTP_SPECIAL_RESPONSE", 300),
          Map.entry("HTTP_MOVED_PERMANENTLY", 301),
          Map.entry("HTTP_MOVED_TEMPORARILY", 302),
          Map.entry("HTTP_SEE_OTHER", 303),
          Map.entry("HTTP_NOT_MODIFIED", 304),
          Map.entry("HTTP_TEMPORARY_REDIRECT", 307),
          Map.entry("HTTP_PERMANENT_REDIRECT", 308),
          Map.entry("HTTP_BAD_REQUEST", 400),
          Map.entry("HTTP_UNAUTHORIZED", 401),
          Map.entry("HTTP_PAYMENT_REQUIRED", 402),
          Map.entry("HTTP_FORBIDDEN", 403),
          Map.entry("HTTP_NOT_FOUND", 404),
          Map.entry("HTTP_NOT_ALLOWED", 405),
          Map.entry("HTTP_NOT_ACCEPTABLE", 406),
          Map.entry("HTTP_REQUEST_TIMEOUT", 408),
          Map.entry("HTTP_CONFLICT", 409),
          Map.entry("HTTP_GONE", 410),
          Map.entry("HTTP_UPGRADE_REQUIRED", 426),
          Map.entry("HTTP_TOO_MANY_REQUESTS", 429),
          Map.entry("HTTP_CLOSE", 444),
          Map.entry("HTTP_ILLEGAL", 451),
          Map.entry("HTTP_INTERNAL_SERVER_ERROR", 500),
          Map.entry("HTTP_METHOD_NOT_IMPLEMENTED", 501),
          Map.entry("HTTP_NOT_IMPLEMENTED", 501),
          Map.entry("HTTP_BAD_GATEWAY", 502),
          Map.entry("HTTP_SERVICE_UNAVAILABLE", 503),
          Map.entry("HTTP_GATEWAY_TIMEOUT", 504),
          Map.entry("HTTP_VERSION_NOT_SUPPORTED", 505),
          Map.entry("HTTP_INSUFFICIENT_STORAGE", 507));

  private Constants() {}

  /** Adds the constants to {@code ngx}. */
  public static void open(Table ngx) {
    NUMBERS.forEach((name, value) -> ngx.rawset(name, LuaNumbers.of((long) value)));
    ngx.rawset("null", NullPointer.NULL);
  }
}
