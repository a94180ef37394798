package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;

/** Owned by one machine: what {@code struct}, {@code union} or {@code enum} with a name is. */
final class CBody {
  /** What the declaration begins with. */
  enum Form {
    STRUCT("struct"),
    UNION("union"),
    ENUM("enum");

    private final String word;

    Form(String word) {
      this.word = word;
    }
  }

  final Form form;
  private final String name;
  private boolean defined;
  private boolean negative;
  private List<CField> fields = List.of();
  private final Map<LuaString, CField> byName = new HashMap<>();
  private final Map<String, Long> constants = new HashMap<>();
  private long size;
  private int align = 1;
  private @Nullable CType variableElement;
  private @Nullable LuaTable metatype;

  CBody(Form form, String name) {
    this.form = form;
    this.name = name;
  }

  boolean isEnum() {
    return form == Form.ENUM;
  }

  boolean isUnion() {
    return form == Form.UNION;
  }

  /** {@code struct name}. */
  String title() {
    return form.word + " " + name;
  }

  boolean isDefined() {
    return defined;
  }

  /** Completes a struct or union. */
  void define(List<CField> members, long bytes, int alignment, @Nullable CType variable) {
    fields = List.copyOf(members);
    size = bytes;
    align = alignment;
    variableElement = variable;
    defined = true;
    for (CField field : members) {
      if (!field.name().isEmpty()) {
        byName.putIfAbsent(LuaText.of(field.name()), field);
      } else if (field.type().is(CType.Kind.STRUCT)) {
        field
            .type()
            .body()
            .byName
            .forEach((inner, member) -> byName.putIfAbsent(inner, member.within(field.offset())));
        constants.putAll(field.type().body().constants);
      }
    }
  }

  /** Completes an enum. */
  void define(Map<String, Long> values) {
    constants.putAll(values);
    negative = values.values().stream().anyMatch(value -> value < 0);
    defined = true;
  }

  /** Whether an enum has values below zero. */
  boolean hasNegatives() {
    return negative;
  }

  /** Adds a {@code static const} within a struct. */
  void constant(String constant, long value) {
    constants.put(constant, value);
  }

  /** All members in their order. */
  List<CField> fields() {
    return fields;
  }

  /** A member, those of members without a name included. */
  @Nullable CField field(LuaString member) {
    return byName.get(member);
  }

  /** The value of an enum's name or of a {@code static const}. */
  @Nullable Long constant(String constant) {
    return constants.get(constant);
  }

  long size() {
    return size;
  }

  int align() {
    return align;
  }

  /** What the {@code [?]} at the end is made of. */
  @Nullable CType variableElement() {
    return variableElement;
  }

  /** What {@code ffi.metatype} has given to it. */
  @Nullable LuaTable metatype() {
    return metatype;
  }

  void metatype(LuaTable metatable) {
    metatype = metatable;
  }
}
