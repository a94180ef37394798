package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.crypto.DerExtensions.Extension;
import dev.banyan.lua.crypto.ExtensionForms;
import dev.banyan.lua.crypto.GeneralName;
import dev.banyan.lua.ffi.CSubjects.Text;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code X509_EXTENSION}, as they are made, and looked into. */
final class CExtensions {
  private static final int OCTETS = 4;
  private static final int INTEGER = 2;
  private static final int YES = 0xff;
  private static final int WAYS = 0xf;
  private static final int ADD = 0;
  private static final int APPEND = 1;
  private static final int REPLACE = 2;
  private static final int REPLACE_ONLY = 3;
  private static final int KEEP = 4;

  private CExtensions() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "X509_EXTENSION_dup", 1, c -> c.made(each(c, 1)));
    CFunction.put(all, "X509_EXTENSION_set_critical", 2, CExtensions::setCritical);
    CFunction.put(all, "X509_EXTENSION_create_by_NID", 4, CExtensions::ofOctets);
    CFunction.put(all, "X509V3_EXT_i2d", 3, CExtensions::ofStruct);
    CFunction.put(
        all,
        "X509V3_EXT_d2i",
        1,
        c -> struct(c, each(c, 1)).map(c::result).orElseGet(c::nullResult));
    CFunction.put(all, "X509V3_add1_i2d", 5, CExtensions::addToStack);
    CFunction.put(all, "X509V3_get_d2i", 4, c -> found(c, stacked(c, CStacks.elements(c, 1))));
    CFunction.put(all, "X509v3_get_ext_by_NID", 3, CExtensions::index);
    CFunction.put(all, "X509v3_get_ext", 2, CExtensions::element);
    CFunction.put(all, "X509v3_get_ext_count", 1, c -> c.result(CStacks.elements(c, 1).size()));
    CFunction.put(all, "X509V3_EXT_print", 4, CExtensions::print);
    return all;
  }

  private static Extension each(CArguments c, int index) {
    return c.object(index, Extension.class);
  }

  private static LuaValue setCritical(CArguments c) {
    Extension old = each(c, 1);
    Extension changed = new Extension(old.object(), c.integer(2) != 0, old.octets());
    c.objects().bind(c.pointer(1), changed);
    return c.result(1);
  }

  private static LuaValue ofOctets(CArguments c) {
    String object = CNumbers.dotted((int) c.integer(2));
    return object.isEmpty()
        ? c.nullResult()
        : c.made(new Extension(object, c.integer(3) != 0, c.object(4, Text.class).octets()));
  }

  // ---- structs

  private static LuaValue ofStruct(CArguments c) {
    return of(c, (int) c.integer(1), c.pointer(3), c.integer(2) != 0)
        .map(made -> c.made(made))
        .orElseGet(c::nullResult);
  }

  /** The extension of a kind that a struct of C is. */
  static Optional<Extension> of(CArguments c, int number, PointerData struct, boolean critical) {
    String object = CNumbers.dotted(number);
    Optional<byte[]> octets =
        switch (object) {
          case ExtensionForms.ALTERNATIVE, ExtensionForms.ISSUER_ALTERNATIVE ->
              CAsn1Values.names(c, struct).map(GeneralName::der);
          case ExtensionForms.CONSTRAINTS -> Optional.of(constraints(c, struct));
          case ExtensionForms.SUBJECT_KEY ->
              c.objects().at(struct, Text.class).map(t -> ExtensionForms.subjectKey(t.octets()));
          default -> throw unknown(object);
        };
    return octets.map(found -> new Extension(object, critical, found));
  }

  private static RuntimeException unknown(String object) {
    String name = CNumbers.whole(object);
    return LuaErrors.raise(
        "extensions are not made or taken apart here that are "
            + (name.isEmpty() ? "unknown" : name));
  }

  private static byte[] constraints(CArguments c, PointerData struct) {
    PointerData length = CAsn1Values.second(c, struct);
    OptionalLong most =
        c.objects().at(length, Text.class).map(Text::octets).filter(o -> o.length > 0).stream()
            .mapToLong(octets -> new BigInteger(octets).longValue())
            .findFirst();
    return ExtensionForms.constraints(struct.memory.read(struct.offset, 4) != 0, most);
  }

  /** The struct of C that an extension is; empty for octets that are none. */
  private static Optional<PointerData> struct(CArguments c, Extension extension) {
    byte[] octets = extension.octets();
    try {
      return switch (extension.object()) {
        case ExtensionForms.ALTERNATIVE, ExtensionForms.ISSUER_ALTERNATIVE ->
            Optional.of(CAsn1Values.stack(c, GeneralName.read(octets)));
        case ExtensionForms.CONSTRAINTS -> Optional.of(constraintsOf(c, octets));
        case ExtensionForms.SUBJECT_KEY ->
            Optional.of(
                c.objects().create(new Text(OCTETS, Arrays.copyOfRange(octets, 2, octets.length))));
        default -> throw unknown(extension.object());
      };
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      c.objects().fail(CFault.WRONG_TAG);
      return Optional.empty();
    }
  }

  private static PointerData constraintsOf(CArguments c, byte[] octets) {
    PointerData pair = CAsn1Values.pair(c);
    pair.memory.write(0, Integer.BYTES, ExtensionForms.isAuthority(octets) ? YES : 0);
    OptionalLong most = ExtensionForms.pathLength(octets);
    if (most.isPresent()) {
      byte[] number = BigInteger.valueOf(most.getAsLong()).toByteArray();
      PointerData length = c.objects().create(new Text(INTEGER, number));
      c.storePointerAt(length, pair.memory, CAsn1Values.SECOND);
    }
    return pair;
  }

  /** The struct of the only extension of a kind; 1 is told for a critical one, -1 for none. */
  static LuaValue found(CArguments c, List<Extension> all) {
    String object = CNumbers.dotted((int) c.integer(2));
    List<Extension> found = all.stream().filter(each -> each.object().equals(object)).toList();
    int critical = found.isEmpty() ? -1 : found.size() > 1 ? -2 : found.get(0).critical() ? 1 : 0;
    c.storeLength(3, critical);
    return critical < 0
        ? c.nullResult()
        : struct(c, found.get(0)).map(c::result).orElseGet(c::nullResult);
  }

  // ---- lists

  private static List<Extension> stacked(CArguments c, List<PointerData> elements) {
    return elements.stream()
        .map(each -> c.objects().at(each, Extension.class))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Adds one to a list in one of OpenSSL's ways; false where that way has none. */
  static boolean add(List<Extension> all, Extension added, long flags) {
    int way = (int) flags & WAYS;
    int at = -1;
    for (int i = 0; i < all.size() && at < 0; i++) {
      at = all.get(i).object().equals(added.object()) ? i : -1;
    }
    if (at >= 0 && way != APPEND) {
      if (way == REPLACE || way == REPLACE_ONLY) {
        all.set(at, added);
      }
      return way != ADD;
    }
    if (way == REPLACE_ONLY || way > KEEP) {
      return false;
    }
    all.add(added);
    return true;
  }

  private static LuaValue addToStack(CArguments c) {
    PointerData place = c.pointer(1);
    PointerData stack = c.pointerAt(place.memory, place.offset);
    List<Extension> all = new ArrayList<>();
    if (!stack.isNull()) {
      all.addAll(
          stacked(c, c.objects().at(stack, CStack.class).map(s -> s.elements).orElse(List.of())));
    }
    Optional<Extension> made = of(c, (int) c.integer(2), c.pointer(3), c.integer(4) != 0);
    if (made.isEmpty() || !add(all, made.get(), c.integer(5))) {
      return c.result(0);
    }
    List<PointerData> pointers = new ArrayList<>();
    all.forEach(each -> pointers.add(c.objects().create(each)));
    if (stack.isNull()) {
      c.storePointerAt(CStacks.of(c, pointers), place.memory, place.offset);
    } else {
      c.objects().bind(stack, new CStack(pointers));
    }
    return c.result(1);
  }

  private static LuaValue index(CArguments c) {
    String wanted = CNumbers.dotted((int) c.integer(2));
    return wanted.isEmpty()
        ? c.result(-2)
        : CLists.index(c, stacked(c, CStacks.elements(c, 1)), Extension::object, wanted);
  }

  private static LuaValue element(CArguments c) {
    List<PointerData> all = CStacks.elements(c, 1);
    long at = c.integer(2);
    return at < 0 || at >= all.size() ? c.nullResult() : c.result(all.get((int) at));
  }

  private static LuaValue print(CArguments c) {
    Optional<String> text;
    try {
      text = ExtensionForms.text(each(c, 2));
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return c.result(0); // its octets are of another kind
    }
    if (text.isEmpty()) {
      throw unknown(each(c, 2).object());
    }
    byte[] octets = text.get().getBytes(StandardCharsets.ISO_8859_1);
    return c.result(c.object(1, CBio.class).write(octets) ? 1 : 0);
  }
}
