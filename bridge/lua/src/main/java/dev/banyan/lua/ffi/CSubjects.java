package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.DerName;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code X509_NAME}, {@code ASN1_OBJECT} and {@code ASN1_STRING}, to be read. */
final class CSubjects {
  /** What {@code V_ASN1_INTEGER} is. */
  private static final int INTEGER = 2;

  private CSubjects() {}

  /**
   * What an {@code ASN1_OBJECT} stands for.
   *
   * @param dotted its numbers
   */
  record Identifier(String dotted) {}

  /**
   * What an {@code ASN1_STRING} stands for, a time too.
   *
   * @param tag the tag
   * @param octets the content
   */
  record Text(int tag, byte[] octets) {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "X509_get_subject_name", 1, c -> name(c, cert(c).getSubjectX500Principal()));
    CFunction.put(all, "X509_get_issuer_name", 1, c -> name(c, cert(c).getIssuerX500Principal()));
    CFunction.put(all, "X509_NAME_dup", 1, c -> c.made(c.object(1, DerName.class)));
    CFunction.put(all, "X509_NAME_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "X509_NAME_entry_count", 1, c -> c.result(entries(c).size()));
    CFunction.put(all, "X509_NAME_get_entry", 2, CSubjects::entry);
    CFunction.put(all, "X509_NAME_get_index_by_OBJ", 3, CSubjects::index);
    CFunction.put(all, "X509_NAME_oneline", 3, CSubjects::line);
    CFunction.put(all, "X509_NAME_ENTRY_get_object", 1, c -> object(c, each(c).object()));
    CFunction.put(
        all, "X509_NAME_ENTRY_get_data", 1, c -> text(c, each(c).tag(), each(c).octets()));
    CFunction.put(all, "OBJ_obj2nid", 1, c -> c.result(CNumbers.ofDotted(dotted(c, 1))));
    CFunction.put(all, "OBJ_obj2txt", 4, CSubjects::spelled);
    CFunction.put(all, "OBJ_txt2obj", 2, CSubjects::named);
    CFunction.put(all, "OBJ_nid2obj", 1, c -> object(c, CNumbers.dotted((int) c.integer(1))));
    CFunction.put(all, "ASN1_OBJECT_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "ASN1_STRING_get0_data", 1, CSubjects::data);
    CFunction.put(
        all, "ASN1_STRING_length", 1, c -> c.result(c.object(1, Text.class).octets().length));
    CFunction.put(all, "ASN1_STRING_type", 1, c -> c.result(c.object(1, Text.class).tag()));
    CFunction.put(all, "ASN1_STRING_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "ASN1_INTEGER_to_BN", 2, CSubjects::number);
    CFunction.put(all, "ASN1_INTEGER_get", 1, CSubjects::small);
    CFunction.put(all, "ASN1_INTEGER_free", 1, c -> LuaValue.NONE);
    return all;
  }

  private static X509Certificate cert(CArguments c) {
    return c.object(1, X509Certificate.class);
  }

  private static LuaValue name(CArguments c, X500Principal name) {
    return c.made(DerName.of(name.getEncoded()));
  }

  private static List<DerName.Entry> entries(CArguments c) {
    return c.object(1, DerName.class).entries();
  }

  private static DerName.Entry each(CArguments c) {
    return c.object(1, DerName.Entry.class);
  }

  private static LuaValue entry(CArguments c) {
    return CLists.at(c, entries(c));
  }

  private static LuaValue index(CArguments c) {
    return CLists.index(c, entries(c), DerName.Entry::object, dotted(c, 2));
  }

  /** The form with slashes, into memory of its own, or as many parts as a buffer has room for. */
  private static LuaValue line(CArguments c) {
    boolean own = c.pointer(2).isNull();
    long room = own ? Long.MAX_VALUE : c.integer(3) - 1;
    StringBuilder line = new StringBuilder();
    for (DerName.Entry entry : entries(c)) {
      String part = part(entry);
      if (line.length() + part.length() > room) {
        break;
      }
      line.append(part);
    }
    byte[] text = line.append('\0').toString().getBytes(StandardCharsets.ISO_8859_1);
    if (own) {
      return c.result(new PointerData(CType.VOID_POINTER, Memory.of(text, 0, text.length), 0));
    }
    if (room >= 0) {
      c.store(c.pointer(2), text);
    }
    return c.result(c.pointer(2));
  }

  private static String part(DerName.Entry entry) {
    String kind = CNumbers.brief(entry.object());
    StringBuilder part = new StringBuilder("/");
    part.append(kind.isEmpty() ? entry.object() : kind).append('=');
    for (byte octet : entry.octets()) {
      if (octet < ' ' || octet > '~') {
        part.append(String.format("\\x%02X", octet));
      } else {
        part.append(octet == '/' || octet == '+' ? "\\" : "").append((char) octet);
      }
    }
    return part.toString();
  }

  // ---- objects

  private static String dotted(CArguments c, int index) {
    return c.object(index, Identifier.class).dotted();
  }

  static LuaValue object(CArguments c, String dotted) {
    return dotted.isEmpty() ? c.nullResult() : c.made(new Identifier(dotted));
  }

  private static LuaValue named(CArguments c) {
    String text = c.text(1);
    boolean numbers = text.matches("[0-2](\\.\\d{1,18})+");
    boolean named = c.integer(2) == 0;
    String known = named ? CNumbers.dottedOf(text) : "";
    return object(c, known.isEmpty() && numbers ? text : known);
  }

  private static LuaValue spelled(CArguments c) {
    String dotted = dotted(c, 3);
    String name = c.integer(4) == 0 ? CNumbers.whole(dotted) : "";
    byte[] text = (name.isEmpty() ? dotted : name).getBytes(StandardCharsets.ISO_8859_1);
    int room = (int) Math.clamp(c.integer(2), 0, text.length + 1L);
    if (!c.pointer(1).isNull() && room > 0) {
      byte[] cut = Arrays.copyOf(text, room);
      cut[room - 1] = 0;
      c.store(c.pointer(1), cut);
    }
    return c.result(text.length);
  }

  // ---- texts

  static LuaValue text(CArguments c, int tag, byte[] octets) {
    return c.made(new Text(tag, octets));
  }

  static LuaValue integer(CArguments c, BigInteger number) {
    return text(c, INTEGER, number.toByteArray());
  }

  private static BigInteger integer(CArguments c) {
    byte[] octets = c.object(1, Text.class).octets();
    return octets.length == 0 ? BigInteger.ZERO : new BigInteger(octets);
  }

  /** A number; 0 for NULL. */
  private static LuaValue small(CArguments c) {
    return c.result(c.pointer(1).isNull() ? 0 : integer(c).longValue());
  }

  /** The content, and a zero behind it. */
  private static LuaValue data(CArguments c) {
    byte[] octets = c.object(1, Text.class).octets();
    byte[] ended = Arrays.copyOf(octets, octets.length + 1);
    return c.result(new PointerData(CType.VOID_POINTER, Memory.of(ended, 0, ended.length), 0));
  }

  private static LuaValue number(CArguments c) {
    PointerData to = c.pointer(2);
    if (to.isNull()) {
      return c.made(integer(c));
    }
    c.objects().bind(to, integer(c));
    return c.result(to);
  }
}
