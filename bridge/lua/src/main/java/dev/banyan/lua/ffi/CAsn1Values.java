package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.DerName;
import dev.banyan.lua.crypto.ExtensionForms;
import dev.banyan.lua.crypto.GeneralName;
import dev.banyan.lua.ffi.CSubjects.Text;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's texts, numbers, times and names of ASN.1, as they are made. */
final class CAsn1Values {
  private static final int INTEGER = 2;
  private static final int OCTETS = 4;
  private static final int ASCII = 22;

  /** As long as a {@code GENERAL_NAME} is, and a {@code BASIC_CONSTRAINTS}. */
  static final int PAIR = 16;

  /** Where the second part of either is. */
  static final int SECOND = 8;

  private CAsn1Values() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "ASN1_STRING_new", 0, c -> empty(c, OCTETS));
    CFunction.put(all, "ASN1_IA5STRING_new", 0, c -> empty(c, ASCII));
    CFunction.put(all, "ASN1_INTEGER_new", 0, c -> empty(c, INTEGER));
    CFunction.put(all, "ASN1_OCTET_STRING_new", 0, c -> empty(c, OCTETS));
    CFunction.put(all, "ASN1_STRING_type_new", 1, c -> empty(c, (int) c.integer(1)));
    CFunction.put(all, "ASN1_STRING_dup", 1, c -> c.made(c.object(1, Text.class)));
    CFunction.put(all, "ASN1_STRING_set", 3, CAsn1Values::set);
    CFunction.put(all, "ASN1_INTEGER_set", 2, c -> number(c, BigInteger.valueOf(c.integer(2))));
    CFunction.put(all, "ASN1_INTEGER_dup", 1, c -> c.made(c.object(1, Text.class)));
    CFunction.put(all, "BN_to_ASN1_INTEGER", 2, CAsn1Values::ofNumber);
    CFunction.put(all, "ASN1_TIME_set", 2, CAsn1Values::setTime);
    CFunction.put(all, "ASN1_TIME_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "X509_gmtime_adj", 2, CAsn1Values::adjust);
    CFunction.put(all, "a2i_IPADDRESS", 1, CAsn1Values::address);
    CFunction.put(all, "GENERAL_NAME_new", 0, c -> c.result(pair(c)));
    CFunction.put(all, "GENERAL_NAME_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "GENERAL_NAME_dup", 1, CAsn1Values::copy);
    CFunction.put(all, "BASIC_CONSTRAINTS_new", 0, c -> c.result(pair(c)));
    CFunction.put(all, "BASIC_CONSTRAINTS_free", 1, c -> LuaValue.NONE);
    return all;
  }

  private static LuaValue empty(CArguments c, int tag) {
    return c.made(new Text(tag, new byte[0]));
  }

  private static LuaValue set(CArguments c) {
    byte[] octets = c.integer(3) < 0 ? c.cString(2) : c.counted(2, 3);
    Text old = c.object(1, Text.class);
    c.objects().bind(c.pointer(1), new Text(old.tag(), octets));
    return c.result(1);
  }

  private static LuaValue number(CArguments c, BigInteger number) {
    c.objects().bind(c.pointer(1), new Text(INTEGER, number.toByteArray()));
    return c.result(1);
  }

  private static LuaValue ofNumber(CArguments c) {
    return into(c, 2, new Text(INTEGER, CBigNumbers.at(c, 1).toByteArray()));
  }

  /** Into what an argument points to, or anew. */
  private static LuaValue into(CArguments c, int index, Text text) {
    if (c.pointer(index).isNull()) {
      return c.made(text);
    }
    c.objects().bind(c.pointer(index), text);
    return c.result(c.pointer(index));
  }

  private static LuaValue setTime(CArguments c) {
    return into(c, 1, CCertificates.moment(Instant.ofEpochSecond(c.integer(2))));
  }

  private static LuaValue adjust(CArguments c) {
    return into(c, 1, CCertificates.moment(Instant.now().plusSeconds(c.integer(2))));
  }

  private static LuaValue address(CArguments c) {
    return ExtensionForms.address(c.text(1))
        .map(octets -> c.made(new Text(OCTETS, octets)))
        .orElseGet(c::nullResult);
  }

  // ---- structs of two parts

  static PointerData pair(CArguments c) {
    return new PointerData(CType.VOID_POINTER, c.allocate(PAIR), 0);
  }

  private static LuaValue copy(CArguments c) {
    PointerData from = c.pointer(1);
    PointerData to = pair(c);
    to.memory.copy(0, from.memory, from.offset, PAIR);
    return c.result(to);
  }

  /** The pointer that is the second part. */
  static PointerData second(CArguments c, PointerData pair) {
    return c.pointerAt(pair.memory, pair.offset + SECOND);
  }

  /** Names as a stack of {@code GENERAL_NAME}. */
  static PointerData stack(CArguments c, List<GeneralName> names) {
    List<PointerData> all = new ArrayList<>();
    for (GeneralName name : names) {
      PointerData pair = pair(c);
      pair.memory.write(0, Integer.BYTES, name.kind());
      Object value =
          switch (name.kind()) {
            case GeneralName.DIRECTORY -> DerName.of(name.octets());
            case GeneralName.ADDRESS -> new Text(OCTETS, name.octets());
            default -> new Text(ASCII, name.octets());
          };
      c.storePointerAt(c.objects().create(value), pair.memory, SECOND);
      all.add(pair);
    }
    return CStacks.of(c, all);
  }

  /** The names of a stack; empty when one is of a kind that isn't made here. */
  static Optional<List<GeneralName>> names(CArguments c, PointerData stack) {
    List<GeneralName> names = new ArrayList<>();
    List<PointerData> all = c.objects().at(stack, CStack.class).map(s -> s.elements).orElse(null);
    if (all == null) {
      return Optional.empty();
    }
    for (PointerData each : all) {
      int kind = (int) each.memory.read(each.offset, Integer.BYTES);
      PointerData value = second(c, each);
      Optional<byte[]> octets =
          kind == GeneralName.DIRECTORY
              ? c.objects().at(value, DerName.class).map(DerName::der)
              : c.objects().at(value, Text.class).map(Text::octets);
      if (octets.isEmpty()) {
        return Optional.empty();
      }
      names.add(new GeneralName(kind, octets.get()));
    }
    return Optional.of(names);
  }
}
