package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.UserIdSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: what a client's request and its answer say of {@code userid}. */
final class UserId {
  private static final int OCTETS = 16;

  /** Base64 of an identifier without what fills it up. */
  private static final int ENCODED = 22;

  private final @Nullable String cookie;
  private final byte @Nullable [] got;
  private byte @Nullable [] set;
  private boolean reset;

  private UserId(@Nullable String cookie, byte @Nullable [] got) {
    this.cookie = cookie;
    this.got = got;
  }

  /** What the client's request has; read once. */
  private static UserId of(Request r) {
    Request main = r.main();
    UserId known = main.userId();
    if (known == null) {
      known = read(main, r.location().settings().userId());
      main.userId(known);
    }
    return known;
  }

  private static UserId read(Request main, UserIdSettings settings) {
    String cookie = Cookies.find(main.headers(), settings.name());
    if (cookie == null) {
      return new UserId(null, null);
    }
    String line = main.headers().first("Cookie");
    if (cookie.length() < ENCODED) {
      main.log(ErrorLog.ERROR, "client sent too short userid cookie \"" + line + "\"");
      return new UserId(cookie, null);
    }
    try {
      byte[] octets = Base64.getDecoder().decode(cookie.substring(0, ENCODED));
      return new UserId(cookie, last(octets) == 0 ? null : octets);
    } catch (IllegalArgumentException e) {
      main.log(ErrorLog.ERROR, "client sent invalid userid cookie \"" + line + "\"");
      return new UserId(cookie, null);
    }
  }

  private static int last(byte[] octets) {
    return ByteBuffer.wrap(octets).getInt(OCTETS - Integer.BYTES);
  }

  /** {@code $uid_got}. */
  static @Nullable String gotText(Request r) {
    UserIdSettings settings = r.location().settings().userId();
    if (settings.mode() == UserIdSettings.Mode.OFF) {
      return null;
    }
    byte[] got = of(r).got;
    return got == null ? null : text(settings, got);
  }

  /** {@code $uid_set}: asking for it decides about the answer's cookie. */
  static @Nullable String setText(Request r) {
    UserIdSettings settings = r.location().settings().userId();
    if (!settings.sets()) {
      return null;
    }
    byte[] set = of(r).decide(r, settings);
    return set == null ? null : text(settings, set);
  }

  /** The numbers as the machine reads them, which is what nginx logs. */
  private static String text(UserIdSettings settings, byte[] octets) {
    ByteBuffer numbers = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    return "%s=%08X%08X%08X%08X"
        .formatted(
            settings.name(),
            numbers.getInt(),
            numbers.getInt(),
            numbers.getInt(),
            numbers.getInt());
  }

  /** Adds the answer's cookie, if it gets one. */
  static void apply(Request r) {
    UserIdSettings settings = r.location().settings().userId();
    if (!settings.sets()) {
      return;
    }
    UserId id = of(r);
    byte[] set = id.decide(r, settings);
    if (set == null) {
      return;
    }
    Headers fields = r.response().headers();
    fields.add(
        "Set-Cookie",
        settings.name()
            + "="
            + id.encoded(settings, set)
            + expires(settings.expires(), r.worker().nowMillis() / 1000)
            + settings.attributes());
    String p3p = settings.p3p();
    if (p3p != null) {
      fields.add("P3P", p3p);
    }
  }

  private String encoded(UserIdSettings settings, byte[] set) {
    String known = cookie;
    String encoded =
        got == null || reset || known == null ? Base64.getEncoder().encodeToString(set) : known;
    return settings.mark() == 0 ? encoded : encoded.substring(0, ENCODED) + settings.mark() + "=";
  }

  private static String expires(@Nullable Duration expires, long now) {
    if (expires == null) {
      return "";
    }
    return "; expires="
        + (expires.equals(UserIdSettings.FOREVER)
            ? "Thu, 31-Dec-37 23:55:55 GMT"
            : HttpTime.cookie(now + expires.toSeconds()));
  }

  /** The identifier that the answer sets; null when the client keeps the one it has. */
  private byte @Nullable [] decide(Request r, UserIdSettings settings) {
    if (set != null) {
      return set;
    }
    byte[] known = got;
    if (known != null && !resets(r, settings, known)) {
      set = marked(settings) ? null : known;
      return set;
    }
    reset = known != null;
    set = settings.mode() == UserIdSettings.Mode.V1 ? old(r, settings) : made(r, settings);
    return set;
  }

  private static boolean resets(Request r, UserIdSettings settings, byte[] known) {
    String wanted = settings.reset() == null ? "" : settings.reset().evaluate(r);
    if (wanted.isEmpty() || wanted.equals("0")) {
      return false;
    }
    if (wanted.equals("log")) {
      r.log(ErrorLog.NOTICE, "userid cookie \"" + text(settings, known) + "\" was reset");
    }
    return true;
  }

  private boolean marked(UserIdSettings settings) {
    String sent = cookie;
    return settings.mark() == 0
        || (sent != null
            && sent.length() > ENCODED + 1
            && sent.charAt(ENCODED) == settings.mark()
            && sent.charAt(ENCODED + 1) == '=');
  }

  private static byte[] old(Request r, UserIdSettings settings) {
    UserIdNumbers numbers = r.worker().userIds();
    Integer service = settings.service();
    return ByteBuffer.allocate(OCTETS)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(service == null ? 0 : service)
        .putInt((int) (r.worker().nowMillis() / 1000))
        .putInt(numbers.start())
        .putInt(numbers.nextOld())
        .array();
  }

  private static byte[] made(Request r, UserIdSettings settings) {
    UserIdNumbers numbers = r.worker().userIds();
    Integer service = settings.service();
    ByteBuffer octets = ByteBuffer.allocate(OCTETS);
    if (service == null) {
      octets.put(serverAddress(r));
    } else {
      octets.putInt(service);
    }
    return octets
        .putInt((int) (r.worker().nowMillis() / 1000))
        .putInt(numbers.start())
        .putInt(numbers.next())
        .array();
  }

  /** The last four octets of the address that the client connected to. */
  private static byte[] serverAddress(Request r) {
    var address = r.client().local().getAddress();
    byte[] octets = address == null ? new byte[Integer.BYTES] : address.getAddress();
    return Arrays.copyOfRange(octets, octets.length - Integer.BYTES, octets.length);
  }
}
