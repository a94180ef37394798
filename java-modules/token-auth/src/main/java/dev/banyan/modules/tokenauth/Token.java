package dev.banyan.modules.tokenauth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The token's form: {@code v1.USER.EXPIRY.SCOPES.HMAC}, octet strings throughout. */
final class Token {
  private static final double LARGEST_EXACT = 1e14;

  /** Never keyed: a copy of it costs less than to ask the providers for another one. */
  private static final Mac HMAC_SHA1 = hmac();

  /** What a token says, or why it is refused. */
  record Claims(String user, long expires, String scopes, @Nullable String error) {
    static Claims refused(String error) {
      return new Claims("", 0, "", error);
    }
  }

  private Token() {}

  static String sign(String user, String expires, String scopes, String secret) {
    String text = "v1." + base64url(user) + "." + expires + "." + scopes;
    return text + "." + signature(text, secret);
  }

  static Claims verify(String token, String secret, double now) {
    TokenForm form = TokenForm.read(token);
    if (form == null) {
      return Claims.refused("malformed token");
    }
    byte[] expected = octets(signature(form.signed(), secret));
    if (!MessageDigest.isEqual(expected, octets(form.signature()))) {
      return Claims.refused("bad signature");
    }
    String user = unbase64url(form.user());
    if (user == null) {
      return Claims.refused("malformed token");
    }
    if (form.expires() <= now) {
      return Claims.refused("expired");
    }
    return new Claims(user, form.expires(), form.scopes(), null);
  }

  /** A number as Lua writes it when it joins strings. */
  static String luaText(Object value) {
    if (value instanceof Double number) {
      if (number != Math.rint(number) || Math.abs(number) >= LARGEST_EXACT) {
        throw new IllegalArgumentException("not a whole number: " + number);
      }
      return Long.toString(number.longValue());
    }
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("neither string nor number");
  }

  /** {@code ngx.escape_uri}: all but letters, digits and {@code -._~!'()*} as %XX. */
  static String escapeUri(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~!'()*".indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      }
    }
    return out.toString();
  }

  private static String base64url(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets(text));
  }

  private static @Nullable String unbase64url(String text) {
    if (text.length() % 4 == 1) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String signature(String text, String secret) {
    try {
      Mac mac = (Mac) HMAC_SHA1.clone();
      mac.init(new SecretKeySpec(octets(secret), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(octets(text)));
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      throw new IllegalStateException("the HmacSHA1 of every JDK takes any key", e);
    }
  }

  private static Mac hmac() {
    try {
      return Mac.getInstance("HmacSHA1");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1 is part of every Java", e);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
