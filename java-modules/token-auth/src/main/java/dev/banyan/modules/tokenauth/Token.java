package dev.banyan.modules.tokenauth;

import dev.banyan.modules.edge.LuaText;
import dev.banyan.modules.edge.Recurring;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The token's form: {@code v1.USER.EXPIRY.SCOPES.HMAC}, octet strings throughout. */
final class Token {
  private static final String HMAC_SHA1 = "HmacSHA1";
  private static final HexFormat HEX = HexFormat.of();

  /** What most tokens fit in; a longer one has octets of its own. */
  private static final int ROOM = 1024;

  /** One for each thread, of the JDK's own so that no thread keeps a former port alive. */
  private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(Token::hmac);

  private static final ThreadLocal<byte[]> ROOMS = ThreadLocal.withInitial(() -> new byte[ROOM]);

  private static final Recurring<SecretKeySpec> KEYS =
      new Recurring<>(secret -> new SecretKeySpec(octets(secret), HMAC_SHA1));

  /** What a token says, or why it is refused. */
  record Claims(String user, long expires, String scopes, @Nullable String error) {
    static Claims refused(String error) {
      return new Claims("", 0, "", error);
    }
  }

  private Token() {}

  static String sign(String user, String expires, String scopes, String secret) {
    String text = "v1." + base64url(user) + "." + expires + "." + scopes;
    return text + "." + HEX.formatHex(hmac(text, secret));
  }

  static Claims verify(String token, String secret, double now) {
    TokenForm form = TokenForm.read(token);
    if (form == null) {
      return Claims.refused("malformed token");
    }
    if (!signs(form.signature(), hmac(form.signed(), secret))) {
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
      return LuaText.number(number);
    }
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("neither string nor number");
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

  /** Whether that is the digest in hex; takes as long for each of its length. */
  private static boolean signs(String hex, byte[] digest) {
    if (hex.length() != 2 * digest.length) {
      return false;
    }
    int different = 0;
    for (int i = 0; i < digest.length; i++) {
      different |= hex.charAt(2 * i) ^ HEX.toHighHexDigit(digest[i]);
      different |= hex.charAt(2 * i + 1) ^ HEX.toLowHexDigit(digest[i]);
    }
    return different == 0;
  }

  @SuppressWarnings("deprecation") // octets are what getBytes(int, int, …) is for
  private static byte[] hmac(String text, String secret) {
    Mac mac = MACS.get();
    byte[] octets = text.length() <= ROOM ? ROOMS.get() : new byte[text.length()];
    text.getBytes(0, text.length(), octets, 0);
    try {
      mac.init(KEYS.of(secret));
      mac.update(octets, 0, text.length());
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the HmacSHA1 of every JDK takes any key", e);
    }
  }

  private static Mac hmac() {
    try {
      return Mac.getInstance(HMAC_SHA1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1 is part of every Java", e);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
