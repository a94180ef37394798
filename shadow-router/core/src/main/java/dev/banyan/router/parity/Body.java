package dev.banyan.router.parity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable plain data, for any thread: a body as it went over the wire, to be compared by what its
 * type says. JSON counts by structure, a form by field, other text by its characters, all else
 * octet by octet, HTML included. What gzip or deflate has compressed counts by what it holds.
 *
 * @param octets one character each
 * @param type the field {@code Content-Type}; empty for none
 * @param encoding the field {@code Content-Encoding}; empty for none
 */
public record Body(String octets, String type, String encoding) {
  /** The longest content that is taken out of a compressed body; longer ones count as they are. */
  static final int MAX_CONTENT = 1 << 20;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,39}");

  /** As what a body is read. */
  enum Kind {
    JSON,
    FORM,
    TEXT,
    OCTETS,
    /** It isn't what its encoding says, or too long. */
    ENCODED
  }

  /** JSON's null, which is something else than nothing. */
  enum Null {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  /**
   * What a body says.
   *
   * @param value maps, lists, numbers and texts as far as its kind has them
   */
  record Read(Kind kind, Object value) {}

  Read read() {
    byte[] content = content();
    if (content == null) {
      return new Read(Kind.ENCODED, octets);
    }
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (media.equals("application/json") || media.endsWith("+json")) {
      String text = unicode(content);
      JsonText.Parsed json = text == null ? null : JsonText.parse(text);
      if (json != null) {
        return new Read(Kind.JSON, present(json.value()));
      }
    }
    if (media.equals("application/x-www-form-urlencoded")) {
      return new Read(Kind.FORM, form(new String(content, StandardCharsets.ISO_8859_1)));
    }
    String text = media.startsWith("text/") && !media.equals("text/html") ? unicode(content) : null;
    return text == null
        ? new Read(Kind.OCTETS, new String(content, StandardCharsets.ISO_8859_1))
        : new Read(Kind.TEXT, text);
  }

  /** A key of a body as a path may show it: one that is no name may be what nobody shall see. */
  static String shown(String key) {
    return NAME.matcher(key).matches() ? key : "…";
  }

  /** Without its encoding; null when it has none that is known, or isn't what it says. */
  private byte @Nullable [] content() {
    byte[] sent = octets.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
        case "", "identity" -> sent;
        case "gzip", "x-gzip" -> gunzipped(sent);
        case "deflate" -> inflated(sent);
        default -> null;
      };
    } catch (IOException e) {
      return null; // then the octets count
    }
  }

  private static byte @Nullable [] gunzipped(byte[] sent) throws IOException {
    Gunzip in = new Gunzip(sent);
    byte[] content = bounded(in);
    return in.isAtEnd() ? content : null;
  }

  private static byte @Nullable [] inflated(byte[] sent) throws IOException {
    Inflater inflater = new Inflater();
    try {
      InputStream in =
          new InflaterInputStream(
              new ByteArrayInputStream(sent), inflater, Math.max(1, sent.length));
      byte[] content = bounded(in);
      return inflater.getRemaining() == 0 ? content : null;
    } finally {
      inflater.end();
    }
  }

  /** Passes over what follows the content, but knows of it, as everything is in its buffer. */
  private static final class Gunzip extends GZIPInputStream {
    private static final int TRAILER = 8;
    private int left;

    Gunzip(byte[] sent) throws IOException {
      super(new ByteArrayInputStream(sent), Math.max(1, sent.length));
    }

    @Override
    public void close() throws IOException {
      left = inf.getRemaining();
      super.close();
    }

    boolean isAtEnd() {
      return left <= TRAILER;
    }
  }

  private static byte @Nullable [] bounded(InputStream in) throws IOException {
    try (in) {
      byte[] content = in.readNBytes(MAX_CONTENT + 1);
      return content.length > MAX_CONTENT ? null : content;
    }
  }

  private static @Nullable String unicode(byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static Object present(@Nullable Object value) {
    return switch (value) {
      case null -> Null.NULL;
      case Map<?, ?> map -> {
        Map<String, Object> all = new TreeMap<>();
        map.forEach((key, one) -> all.put(String.valueOf(key), present(one)));
        yield all;
      }
      case List<?> list -> list.stream().map(Body::present).toList();
      default -> value;
    };
  }

  /** Each name's values in their order; a name alone says yes, which isn't an empty text. */
  private static Map<String, List<Object>> form(String content) {
    Map<String, List<Object>> fields = new TreeMap<>();
    for (String field : content.split("&")) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      Object value = equals < 0 ? true : decoded(field.substring(equals + 1));
      fields.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  /** As an octet each; as it stands when an escape is broken. */
  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException brokenEscape) {
      return part;
    }
  }
}
