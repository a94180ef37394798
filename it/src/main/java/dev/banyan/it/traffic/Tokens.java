package dev.banyan.it.traffic;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The tokens of the sample legacy, as its tenants' own servers sign them. */
public final class Tokens {
  /** An expiry that no run of a test reaches. */
  public static final long FAR = 4_102_444_800L;

  private Tokens() {}

  /** A token for {@code user} with scopes such as {@code read+write}. */
  public static String sign(String user, long expires, String scopes, String secret) {
    byte[] name = user.getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    String text = "v1." + encoded + "." + expires + "." + scopes;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.ISO_8859_1), "HmacSHA1"));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
      return text + "." + HexFormat.of().formatHex(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }
}
