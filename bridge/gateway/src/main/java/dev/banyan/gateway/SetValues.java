package dev.banyan.gateway;

import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.lib.DateFormat;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.text.Base64Text;
import dev.banyan.lua.ngx.text.Digests;
import dev.banyan.nginx.Base32;
import dev.banyan.nginx.SessionSecret;
import dev.banyan.nginx.script.SetFunction;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the directives of set-misc and modules like it compute; null, with a line in the log, for
 * errors.
 */
final class SetValues {
  /** A formatted time that needs more room than this is an error. */
  private static final int LONGEST_TIME = 255;

  private static final int HASH_FACTOR = 31;

  private SetValues() {}

  /** What a directive makes of one value for Lua; null where it doesn't. */
  static RequestHost.@Nullable Conversion conversion(Request r, String directive) {
    SetFunction function = SetFunction.find(directive);
    return function == null || !function.isCallable()
        ? null
        : value -> compute(r, function, List.of(value));
  }

  static @Nullable String compute(Request r, SetFunction function, List<String> args) {
    String value = args.getLast();
    return switch (function) {
      case IF_EMPTY -> args.getFirst().isEmpty() ? value : args.getFirst();
      case QUOTE_SQL_STR,
          QUOTE_PGSQL_STR,
          QUOTE_JSON_STR,
          UNESCAPE_URI,
          ESCAPE_URI,
          ENCODE_BASE64,
          ENCODE_BASE64URL,
          ENCODE_HEX,
          SHA1,
          MD5 ->
          alone(function, value);
      case HASHED_UPSTREAM -> hashed(r, args.getFirst(), value);
      case ENCODE_BASE32 -> r.location().settings().base32().encode(value);
      case DECODE_BASE32 -> base32(r.location().settings().base32(), value);
      case DECODE_BASE64 -> base64(r, function, Base64Text.STANDARD, value);
      case DECODE_BASE64URL -> base64(r, function, Base64Text.URL, value);
      case DECODE_HEX -> unhex(r, value);
      case HMAC_SHA1 -> mac(Hash.SHA1, args.getFirst(), value);
      case HMAC_SHA256 -> mac(Hash.SHA256, args.getFirst(), value);
      case RANDOM -> random(r, args);
      case SECURE_RANDOM_ALPHANUM -> RandomText.ALPHANUM.of(r, value);
      case SECURE_RANDOM_LCALPHA -> RandomText.LCALPHA.of(r, value);
      case ROTATE -> rotated(r, args);
      case LOCAL_TODAY -> time(r, "%Y-%m-%d", ZoneId.systemDefault());
      case FORMATTED_GMT_TIME -> time(r, value, ZoneOffset.UTC);
      case FORMATTED_LOCAL_TIME -> time(r, value, ZoneId.systemDefault());
      case ENCRYPT_SESSION, DECRYPT_SESSION -> session(r, function, value);
      case FORM_INPUT -> FormInput.first(r, value);
      case FORM_INPUT_MULTI -> FormInput.all(r, value);
      case ICONV -> recoded(r, args.getFirst(), args.get(1), value);
      case ARRAY_SPLIT -> ArrayValues.split(r, args);
      case ARRAY_JOIN -> ArrayValues.join(r, args.getFirst(), value);
      case ARRAY_MAP_OP -> ArrayValues.mapBy(r, args.getFirst(), value);
      case ARRAY_MAP -> throw new IllegalStateException("array_map is an instruction of its own");
    };
  }

  /** What needs neither a request nor a location; null for other functions. */
  static @Nullable String alone(SetFunction function, String value) {
    return switch (function) {
      case QUOTE_SQL_STR -> QuotedText.sql(value);
      case QUOTE_PGSQL_STR -> QuotedText.postgres(value);
      case QUOTE_JSON_STR -> QuotedText.json(value);
      case UNESCAPE_URI -> UriComponents.unescape(value);
      case ESCAPE_URI -> UriComponents.escape(value);
      case ENCODE_BASE64 -> Octets.string(Base64Text.STANDARD.encode(Octets.bytes(value)));
      case ENCODE_BASE64URL -> Octets.string(Base64Text.URL.encodeBare(Octets.bytes(value)));
      case ENCODE_HEX -> Octets.string(Digests.hex(Octets.bytes(value)));
      case SHA1 -> digest(Hash.SHA1, value);
      case MD5 -> digest(Hash.MD5, value);
      default -> null;
    };
  }

  private static @Nullable String recoded(Request r, String text, String from, String to) {
    if (text.isEmpty()) {
      return "";
    }
    Recoder recoder = Recoder.of(from, to);
    return recoder == null
        ? failed(r, "no conversion from " + from + " to " + to)
        : Octets.string(recoder.recode(Octets.bytes(text)).octets());
  }

  private static @Nullable String failed(Request r, String reason) {
    r.log(ErrorLog.ERROR, reason);
    return null;
  }

  private static @Nullable String hashed(Request r, String name, String key) {
    Map<String, List<String>> lists = r.service().http().upstreamLists();
    List<String> list = lists.get(name);
    if (list == null) {
      return failed(r, "set_hashed_upstream: upstream list \"" + name + "\" not defined yet");
    }
    int hash = 0;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      hash = HASH_FACTOR * hash + (c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    return list.get(Integer.remainderUnsigned(hash, list.size()));
  }

  private static String base32(Base32 alphabet, String text) {
    String octets = alphabet.decode(text);
    return octets == null ? "" : octets;
  }

  private static @Nullable String base64(
      Request r, SetFunction function, Base64Text alphabet, String text) {
    byte[] bytes = Octets.bytes(text);
    var octets = alphabet.decode(bytes, 0, bytes.length);
    return octets.isPresent()
        ? Octets.string(octets.get())
        : failed(r, function.directive() + ": invalid value");
  }

  private static @Nullable String unhex(Request r, String digits) {
    try {
      return Octets.string(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      return failed(r, "set_decode_hex: invalid value");
    }
  }

  private static String digest(Hash hash, String text) {
    byte[] bytes = Octets.bytes(text);
    return Octets.string(Digests.hex(Digests.digest(hash, bytes, 0, bytes.length)));
  }

  private static String mac(Hash hash, String key, String text) {
    return Octets.string(hash.mac(Octets.bytes(key)).doFinal(Octets.bytes(text)));
  }

  private static @Nullable String random(Request r, List<String> args) {
    long from = Octets.decimal(args.getFirst());
    long to = Octets.decimal(args.getLast());
    if (from < 0) {
      return failed(r, "set_random: bad \"from\" argument: " + args.getFirst());
    }
    if (to < 0) {
      return failed(r, "set_random: bad \"to\" argument: " + args.getLast());
    }
    long least = Math.min(from, to);
    return Long.toString(ThreadLocalRandom.current().nextLong(least, Math.max(from, to) + 1));
  }

  private static @Nullable String rotated(Request r, List<String> args) {
    String own = args.getFirst();
    long from = Octets.decimal(args.get(1));
    long to = Octets.decimal(args.getLast());
    if (from < 0) {
      return failed(r, "set_rotate: bad \"from\" argument value: \"" + args.get(1) + "\"");
    }
    if (to < 0) {
      return failed(r, "set_rotate: bad \"to\" argument value: \"" + args.getLast() + "\"");
    }
    long current = Octets.decimal(own);
    if (current < 0 && !own.isEmpty()) {
      r.log(ErrorLog.ERROR, "set_rotate: bad current value: \"" + own + "\"");
    }
    OptionalLong start = current < 0 ? OptionalLong.empty() : OptionalLong.of(current);
    return Long.toString(
        r.location().settings().rotation().next(Math.min(from, to), Math.max(from, to), start));
  }

  private static @Nullable String session(Request r, SetFunction function, String value) {
    SessionSecret secret = r.location().settings().sessionSecret();
    if (secret == null) {
      return failed(
          r,
          "encrypted_session: a key is required to be defined by the encrypted_session_key"
              + " directive");
    }
    SessionCipher cipher = new SessionCipher(secret);
    long now = r.worker().nowMillis() / 1000;
    if (function == SetFunction.ENCRYPT_SESSION) {
      return cipher.encrypt(value, now);
    }
    String text = cipher.decrypt(value, now);
    return text == null ? "" : text;
  }

  private static @Nullable String time(Request r, String format, ZoneId zone) {
    if (format.isEmpty()) {
      return "";
    }
    Instant now = Instant.ofEpochSecond(r.worker().nowMillis() / 1000);
    String text = DateFormat.text(format, now.atZone(zone));
    return text.isEmpty() || text.length() > LONGEST_TIME ? null : text;
  }
}
