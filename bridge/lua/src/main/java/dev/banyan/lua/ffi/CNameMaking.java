package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.DerName;
import dev.banyan.lua.ffi.CSubjects.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code X509_NAME} as it is made: each part stands alone, as most names are. */
final class CNameMaking {
  private static final int UTF8 = 12;
  private static final int PRINTABLE = 19;
  private static final int ASCII = 22;

  /** In which the text comes, when its kind is to be chosen. */
  private static final int TEXT_UTF8 = 0x1000;

  private static final int TEXT_LATIN1 = 0x1001;
  private static final int MOST_ENTRIES = 100;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 '()+,./:=?-]*");
  private static final Pattern SEVEN_BITS = Pattern.compile("[\\x00-\\x7f]*");

  /**
   * What a part may be.
   *
   * @param tag the kind of its text
   * @param least how many characters it has at least
   * @param most and at most
   */
  private record Form(int tag, int least, int most) {}

  private static final Form ANY = new Form(UTF8, 0, Integer.MAX_VALUE);

  private static final Map<String, Form> FORMS =
      Map.of(
          "2.5.4.6", new Form(PRINTABLE, 2, 2),
          "2.5.4.3", new Form(UTF8, 1, 64),
          "2.5.4.7", new Form(UTF8, 1, 128),
          "2.5.4.8", new Form(UTF8, 1, 128),
          "2.5.4.10", new Form(UTF8, 1, 64),
          "2.5.4.11", new Form(UTF8, 1, 64),
          "2.5.4.5", new Form(PRINTABLE, 1, 64),
          "2.5.4.4", new Form(UTF8, 1, 32768),
          "1.2.840.113549.1.9.1", new Form(ASCII, 1, 128),
          "0.9.2342.19200300.100.1.25", new Form(ASCII, 1, Integer.MAX_VALUE));

  private CNameMaking() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "X509_NAME_new", 0, c -> c.made(new DerName(List.of())));
    CFunction.put(
        all, "X509_NAME_add_entry_by_OBJ", 7, c -> add(c, c.object(2, Identifier.class).dotted()));
    CFunction.put(
        all, "X509_NAME_add_entry_by_NID", 7, c -> add(c, CNumbers.dotted((int) c.integer(2))));
    CFunction.put(all, "X509_NAME_add_entry_by_txt", 7, c -> add(c, CNumbers.dottedOf(c.text(2))));
    CFunction.put(all, "X509_NAME_delete_entry", 2, CNameMaking::delete);
    CFunction.put(all, "X509_NAME_cmp", 2, CNameMaking::compare);
    return all;
  }

  private static LuaValue add(CArguments c, String object) {
    List<DerName.Entry> entries = new ArrayList<>(c.object(1, DerName.class).entries());
    byte[] text = c.integer(5) < 0 ? c.cString(4) : c.counted(4, 5);
    Optional<DerName.Entry> entry = entry(object, (int) c.integer(3), text);
    if (object.isEmpty() || entry.isEmpty() || entries.size() >= MOST_ENTRIES) {
      c.objects().fail(CFault.BAD_TEXT);
      return c.result(0);
    }
    long at = c.integer(6);
    entries.add(at < 0 || at > entries.size() ? entries.size() : (int) at, entry.get());
    c.objects().bind(c.pointer(1), new DerName(entries));
    return c.result(1);
  }

  /** A part of a text; empty when such a part can't have it. */
  private static Optional<DerName.Entry> entry(String object, int kind, byte[] octets) {
    if (kind != TEXT_UTF8 && kind != TEXT_LATIN1) {
      return Optional.of(new DerName.Entry(object, kind < 0 ? UTF8 : kind, octets));
    }
    String text =
        new String(
            octets, kind == TEXT_UTF8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    Form form = FORMS.getOrDefault(object, ANY);
    Pattern allowed = form.tag == PRINTABLE ? PLAIN : SEVEN_BITS;
    if ((form.tag != UTF8 && !allowed.matcher(text).matches())
        || text.length() < form.least
        || text.length() > form.most) {
      return Optional.empty();
    }
    byte[] written = text.getBytes(StandardCharsets.UTF_8);
    return Optional.of(new DerName.Entry(object, form.tag, written));
  }

  private static LuaValue delete(CArguments c) {
    List<DerName.Entry> entries = new ArrayList<>(c.object(1, DerName.class).entries());
    long at = c.integer(2);
    if (at < 0 || at >= entries.size()) {
      return c.nullResult();
    }
    DerName.Entry removed = entries.remove((int) at);
    c.objects().bind(c.pointer(1), new DerName(entries));
    return c.made(removed);
  }

  private static LuaValue compare(CArguments c) {
    byte[] other = c.object(2, DerName.class).der();
    return c.result(Integer.signum(Arrays.compare(c.object(1, DerName.class).der(), other)));
  }
}
