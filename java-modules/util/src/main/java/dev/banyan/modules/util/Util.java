package dev.banyan.modules.util;

import dev.banyan.api.Constant;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.RequestMethod;
import dev.banyan.api.Results;
import dev.banyan.api.Var;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.ClientAddress;
import dev.banyan.modules.edge.Ipv4;
import dev.banyan.modules.edge.LuaText;
import dev.banyan.modules.edge.Md5;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Small things that every module needs. Functions that take tables apart stay in Lua. */
@LuaModule("edge.util")
@Writes(ctx = "client_ip")
public final class Util implements Port {
  private static final Pattern SANE_ID =
      Pattern.compile("^[A-Za-z0-9-]{8,64}$", Pattern.UNIX_LINES);
  private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]*");
  private static final int ID_LENGTH = 20;

  /** What the request's id is made of. */
  public record Identity(
      @Var("http_x_request_id") @Nullable String given,
      @RequestMethod String method,
      @Var("host") @Nullable String host,
      @Var("request_uri") String uri,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor) {}

  /** What the client's address is found in. */
  public record Client(
      @Ctx("client_ip") @Nullable String known,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor,
      @Var("remote_addr") @Nullable String peer) {}

  /** What the host is read from. */
  public record Host(@Var("host") @Nullable String name) {}

  /** The module's version. */
  @Constant("_VERSION")
  public String version() {
    return "4.2";
  }

  /** Replaces {@code util.client_ip()}. */
  @Handler("client_ip")
  public Decision clientIp(Client in) {
    String address = ClientAddress.of(in.known(), in.forwardedFor(), in.peer());
    return Decision.next().setCtx("client_ip", address).returning(address);
  }

  /** Replaces {@code util.request_uid()}. */
  @Function("request_uid")
  public String requestUid(Identity in) {
    String given = in.given();
    if (given != null && SANE_ID.matcher(given).find()) {
      return given;
    }
    return Md5.separatedBy('\n')
        .add(in.method())
        .add(orEmpty(in.host()))
        .add(in.uri())
        .add(orEmpty(in.forwardedFor()))
        .hex(ID_LENGTH);
  }

  /** Replaces {@code util.lower_host()}. */
  @Function("lower_host")
  public String lowerHost(Host in) {
    StringBuilder out = new StringBuilder(orEmpty(in.name()));
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + 32));
      }
    }
    return out.toString();
  }

  /** Replaces {@code util.ipv4(text)}. */
  @Function("ipv4")
  public Results ipv4(@Nullable String text) {
    if (text == null) {
      return Results.of((Object) null);
    }
    long number = Ipv4.number(text);
    if (number == Ipv4.MALFORMED) {
      return Results.of(null, null);
    }
    return number == Ipv4.OUT_OF_RANGE
        ? Results.failure("octet out of range")
        : Results.of((double) number);
  }

  /** Replaces {@code util.starts_with(s, prefix)}. */
  @Function("starts_with")
  public boolean startsWith(String text, String prefix) {
    return text.startsWith(prefix);
  }

  /** Replaces {@code util.trim(s)}. */
  @Function("trim")
  public String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && space(text.charAt(from))) {
      from++;
    }
    while (to > from && space(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Replaces {@code util.equal_constant_time(a, b)}. */
  @Function("equal_constant_time")
  public boolean equalConstantTime(String a, String b) {
    return a.length() == b.length() && MessageDigest.isEqual(octets(a), octets(b));
  }

  /** Replaces {@code util.base64url(s)}. */
  @Function("base64url")
  public String base64url(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets(text));
  }

  /** Replaces {@code util.unbase64url(s)}. */
  @Function("unbase64url")
  public @Nullable String unbase64url(String text) {
    if (text.length() % 4 == 1 || !BASE64URL.matcher(text).matches()) {
      return null;
    }
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
  }

  /** Replaces {@code util.json_string(s)}. */
  @Function("json_string")
  public String jsonString(String text) {
    return LuaText.json(text);
  }

  private static boolean space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
