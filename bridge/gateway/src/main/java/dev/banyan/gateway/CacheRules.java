package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.cache.Freshness;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.ProxySettings.IgnoredHeader;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the fields of an answer say about keeping it, read in their order as nginx 1.22 does: the
 * first word that forbids it holds.
 */
final class CacheRules {
  /** The longest value of Vary that is followed. */
  private static final int MAX_VARY = 128;

  private final Set<IgnoredHeader> ignored;
  private final long now;
  private boolean keeps = true;
  private boolean byExpiry;
  private long validUntil;
  private long whileUpdating;
  private long onError;
  private String vary = "";
  private boolean buffered;

  private CacheRules(Set<IgnoredHeader> ignored, long now, boolean buffered) {
    this.ignored = ignored;
    this.now = now;
    this.buffered = buffered;
  }

  /**
   * Reads the fields.
   *
   * @param now the second of the epoch
   * @param buffered {@code proxy_buffering}
   */
  static CacheRules of(Headers fields, Set<IgnoredHeader> ignored, long now, boolean buffered) {
    CacheRules rules = new CacheRules(ignored, now, buffered);
    for (int i = 0; i < fields.size(); i++) {
      rules.read(fields.name(i).toLowerCase(Locale.ROOT), fields.value(i));
    }
    return rules;
  }

  private void read(String name, String value) {
    switch (name) {
      case "cache-control" -> {
        if (!ignored.contains(IgnoredHeader.CACHE_CONTROL)) {
          cacheControl(value.toLowerCase(Locale.ROOT));
        }
      }
      case "expires" -> {
        if (!ignored.contains(IgnoredHeader.EXPIRES)) {
          expires(value);
        }
      }
      case "x-accel-expires" -> {
        if (!ignored.contains(IgnoredHeader.X_ACCEL_EXPIRES)) {
          accelExpires(value);
        }
      }
      case "x-accel-buffering" -> {
        if (!ignored.contains(IgnoredHeader.X_ACCEL_BUFFERING)) {
          boolean no = value.equalsIgnoreCase("no");
          buffered = !no && (buffered || value.equalsIgnoreCase("yes"));
        }
      }
      case "set-cookie" -> keeps &= ignored.contains(IgnoredHeader.SET_COOKIE);
      case "vary" -> {
        if (!ignored.contains(IgnoredHeader.VARY)) {
          keeps &= value.length() <= MAX_VARY && !value.equals("*");
          vary = value;
        }
      }
      default -> {
        // says nothing of it
      }
    }
  }

  private void cacheControl(String value) {
    if (validUntil != 0 && byExpiry) {
      return;
    }
    if (value.contains("no-cache") || value.contains("no-store") || value.contains("private")) {
      keeps = false;
      return;
    }
    long age = seconds(value, "s-maxage=");
    if (age == ABSENT) {
      age = seconds(value, "max-age=");
    }
    if (age != ABSENT) {
      if (age <= 0) {
        keeps = false;
        return;
      }
      validUntil = now + age;
    }
    long revalidate = seconds(value, "stale-while-revalidate=");
    if (revalidate == MALFORMED) {
      keeps = false;
      return;
    }
    if (revalidate != ABSENT) {
      whileUpdating = revalidate;
      onError = revalidate;
    }
    long error = seconds(value, "stale-if-error=");
    if (error == MALFORMED) {
      keeps = false;
    } else if (error != ABSENT) {
      onError = error;
    }
  }

  private static final long ABSENT = -1;
  private static final long MALFORMED = -2;

  private static long seconds(String value, String directive) {
    int at = value.indexOf(directive);
    if (at < 0) {
      return ABSENT;
    }
    int start = at + directive.length();
    int end = start;
    while (end < value.length() && ",; ".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    String digits = value.substring(start, end);
    if (digits.isEmpty()) {
      return 0;
    }
    long number = Octets.decimal(digits);
    return number < 0 ? MALFORMED : number;
  }

  private void expires(String value) {
    if (validUntil != 0) {
      return;
    }
    OptionalLong time = HttpTime.parse(value);
    if (time.isEmpty() || time.getAsLong() < now) {
      keeps = false;
    } else {
      validUntil = time.getAsLong();
    }
  }

  private void accelExpires(String value) {
    byExpiry = true;
    if (value.startsWith("@")) {
      long at = Octets.decimal(value.substring(1));
      validUntil = at < 0 ? validUntil : at;
      return;
    }
    long seconds = Octets.decimal(value);
    if (seconds == 0) {
      keeps = false;
    } else if (seconds > 0) {
      validUntil = now + seconds;
    }
  }

  /** Whether nothing in it forbids to keep the answer. */
  boolean keeps() {
    return keeps;
  }

  /** Whether it is read ahead of the client, as what is kept must be. */
  boolean buffered() {
    return buffered;
  }

  /** What the fields say; its validity is 0 where they say none. */
  Freshness freshness() {
    return new Freshness(validUntil, whileUpdating, onError);
  }

  /** The value of Vary; empty for none. */
  String vary() {
    return vary;
  }
}
