package dev.banyan.gateway;

import dev.banyan.gateway.cache.Md5;
import dev.banyan.lua.ngx.text.Base64Text;
import dev.banyan.nginx.SecureLink;
import dev.banyan.nginx.script.Template;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** {@code $secure_link} and {@code $secure_link_expires}. */
final class SecureLinks {
  private static final int LONGEST_CHECKSUM = 24;
  private static final int MD5_BYTES = 16;
  private static final int MD5_DIGITS = 32;

  private SecureLinks() {}

  /** A link and the second at which it ends, which is "" when it does not. */
  private record Link(String checksum, String end, long seconds) {
    /** The link of the evaluated directive; null when its end is not a time. */
    static @Nullable Link parse(String text) {
      int comma = text.indexOf(',');
      if (comma < 0) {
        return new Link(text, "", 0);
      }
      String end = text.substring(comma + 1);
      long seconds = seconds(end);
      return seconds <= 0 ? null : new Link(text.substring(0, comma), end, seconds);
    }

    private static long seconds(String digits) {
      boolean number =
          !digits.isEmpty()
              && digits.length() <= 18
              && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      return number ? Long.parseLong(digits) : -1;
    }
  }

  /** "1", "0" for a link that has ended, or null; the link itself where a secret word is set. */
  static @Nullable String value(Request r) {
    SecureLink settings = r.location().settings().secureLink();
    String secret = settings.secret();
    if (secret != null) {
      return bySecret(r.sentTarget(), secret);
    }
    Link link = link(r, settings);
    Template signed = settings.signed();
    if (link == null || signed == null || link.checksum().length() > LONGEST_CHECKSUM) {
      return null;
    }
    byte[] text = Octets.bytes(link.checksum());
    byte[] checksum = Base64Text.URL.decode(text, 0, text.length).orElse(text);
    if (checksum.length != MD5_BYTES) {
      return null;
    }
    byte[] expected = Md5.of(signed.evaluate(r));
    if (!MessageDigest.isEqual(expected, checksum)) {
      return null;
    }
    long now = r.worker().nowMillis() / 1000;
    return link.seconds() > 0 && link.seconds() < now ? "0" : "1";
  }

  /** The link's last second, as it was given. */
  static @Nullable String expires(Request r) {
    Link link = link(r, r.location().settings().secureLink());
    return link == null || link.end().isEmpty() ? null : link.end();
  }

  private static @Nullable Link link(Request r, SecureLink settings) {
    Template link = settings.link();
    return link == null || settings.signed() == null ? null : Link.parse(link.evaluate(r));
  }

  /** The rest of {@code /prefix/checksum/rest} where the checksum is right. */
  private static @Nullable String bySecret(String uri, String secret) {
    int start = uri.indexOf('/', 1) + 1;
    int end = start == 0 ? -1 : uri.indexOf('/', start);
    if (end - start != MD5_DIGITS || end + 1 == uri.length()) {
      return null;
    }
    String link = uri.substring(end + 1);
    String expected = Md5.hex(link + secret);
    return uri.substring(start, end).equalsIgnoreCase(expected) ? link : null;
  }
}
