package dev.banyan.lua.ffi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one declaration: places the members of a struct or union as x64's compilers do. */
final class CLayout {
  private final CBody body;
  private final int packing;
  private final int leastAlign;
  private final List<CField> fields = new ArrayList<>();
  private long bits;
  private long most;
  private int align = 1;
  private @Nullable CType variable;

  /**
   * A layout whose members are aligned to {@code packing} at most, and the whole of it to {@code
   * leastAlign} at least.
   */
  CLayout(CBody body, int packing, int leastAlign) {
    this.body = body;
    this.packing = packing;
    this.leastAlign = leastAlign;
  }

  /** Places the next member. */
  void add(CMember member) {
    if (body.isUnion()) {
      bits = 0;
    }
    CType type = member.type();
    int own = alignment(member);
    if (member.isBits()) {
      bitField(member, own);
    } else {
      align = Math.max(align, own);
      bits = roundUp(bits, 8L * own);
      int offset = (int) (bits / 8);
      fields.add(new CField(member.name(), type, offset, 0, CField.NO_BITS));
      if (type.isVariable()) {
        variable = type.is(CType.Kind.ARRAY) ? type.element() : type.body().variableElement();
      }
      bits += 8 * Math.max(0, type.isVariable() && type.is(CType.Kind.ARRAY) ? 0 : type.size());
    }
    most = Math.max(most, bits);
  }

  private int alignment(CMember member) {
    int natural = member.type().align();
    if (member.packed()) {
      natural = 1;
    }
    return Math.max(Math.min(natural, packing), member.align());
  }

  private void bitField(CMember member, int own) {
    CType type = member.type();
    long container = 8 * type.size();
    if (member.bits() == 0) {
      bits = roundUp(bits, container);
      return;
    }
    if (!member.name().isEmpty()) {
      align = Math.max(align, own);
    }
    boolean packed = own < type.align();
    if (!packed && bits % container + member.bits() > container) {
      bits = roundUp(bits, container);
    }
    long start = packed ? bits - bits % 8 : bits - bits % container;
    fields.add(
        new CField(member.name(), type, (int) (start / 8), (int) (bits - start), member.bits()));
    bits += member.bits();
  }

  /** Completes the body. */
  void finish() {
    int whole = Math.max(align, leastAlign);
    long size = roundUp((most + 7) / 8, whole);
    body.define(fields, variable == null ? size : (most + 7) / 8, whole, variable);
  }

  private static long roundUp(long value, long step) {
    return (value + step - 1) / step * step;
  }
}
