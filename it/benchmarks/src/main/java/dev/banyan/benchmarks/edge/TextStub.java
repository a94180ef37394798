package dev.banyan.benchmarks.edge;

import static dev.banyan.benchmarks.edge.Native.string;
import static dev.banyan.benchmarks.edge.Native.text;

import dev.banyan.lua.LuaText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The text functions of {@code ngx}, with the JDK's digests. */
final class TextStub {
  private static final HexFormat PERCENT = HexFormat.of().withUpperCase();

  private TextStub() {}

  static void open(LuaTable ngx) {
    ngx.set("md5", new Native(args -> string(HexFormat.of().formatHex(md5(bytes(args, 1))))));
    ngx.set("hmac_sha1", new Native(TextStub::hmac));
    ngx.set("crc32_short", new Native(TextStub::crc));
    ngx.set(
        "encode_base64",
        new Native(args -> string(Base64.getEncoder().encodeToString(bytes(args, 1)))));
    ngx.set(
        "decode_base64", new Native(args -> octets(Base64.getDecoder().decode(bytes(args, 1)))));
    ngx.set("escape_uri", new Native(args -> string(escape(text(args, 1)))));
  }

  private static byte[] bytes(Varargs args, int index) {
    return LuaText.bytes(args.arg(index));
  }

  private static LuaValue octets(byte[] bytes) {
    return string(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Varargs hmac(Varargs args) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes(args, 1), "HmacSHA1"));
      return octets(mac.doFinal(bytes(args, 2)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Varargs crc(Varargs args) {
    CRC32 crc = new CRC32();
    crc.update(bytes(args, 1));
    return LuaValue.valueOf((double) crc.getValue());
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || "-_.~!*'()".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(PERCENT.toHexDigits((byte) c));
      }
    }
    return out.toString();
  }
}
