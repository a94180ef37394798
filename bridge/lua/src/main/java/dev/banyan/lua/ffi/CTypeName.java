package dev.banyan.lua.ffi;

/** Spells types as LuaJIT does. */
final class CTypeName {
  private CTypeName() {}

  static String of(CType type) {
    return declare(type, "");
  }

  /** The declaration of something that is declared so far as {@code inner}. */
  private static String declare(CType type, String inner) {
    return switch (type.kind) {
      case POINTER, REFERENCE -> {
        String star = type.is(CType.Kind.POINTER) ? "*" : "&";
        String qualifiers = qualifiers(type);
        String space = qualifiers.isEmpty() || inner.isEmpty() ? "" : " ";
        String pointed = star + qualifiers + space + inner;
        CType element = type.element();
        boolean suffixed = element.is(CType.Kind.ARRAY) || element.is(CType.Kind.FUNCTION);
        yield declare(element, suffixed ? "(" + pointed + ")" : pointed);
      }
      case ARRAY -> declare(type.element(), inner + "[" + count(type.count) + "]");
      case COMPLEX -> {
        String name = type.element().size() == 4 ? "complex float" : "complex";
        yield inner.isEmpty() ? name : name + " " + inner;
      }
      case VECTOR -> {
        String vector = "__attribute__((vector_size(" + type.size() + ")))";
        yield declare(type.element(), inner.isEmpty() ? vector : vector + " " + inner);
      }
      case FUNCTION -> declare(type.signature().result(), inner + "()");
      case VOID, INTEGER, BOOL, FLOAT, ENUM, STRUCT -> {
        String qualifiers = qualifiers(type);
        String name = qualifiers.isEmpty() ? base(type) : qualifiers + " " + base(type);
        yield inner.isEmpty() ? name : name + " " + inner;
      }
    };
  }

  private static String count(long count) {
    return count == CType.OPEN ? "" : count == CType.VARIABLE ? "?" : Long.toString(count);
  }

  private static String qualifiers(CType type) {
    return switch (type.qualifiers) {
      case 0 -> "";
      case CType.CONST -> "const";
      case CType.VOLATILE -> "volatile";
      default -> "const volatile";
    };
  }

  private static String base(CType type) {
    return switch (type.kind) {
      case VOID -> "void";
      case BOOL -> "bool";
      case FLOAT -> type.size() == 4 ? "float" : type.size() == 8 ? "double" : "long double";
      case INTEGER -> integer(type);
      default -> type.body().title();
    };
  }

  private static String integer(CType type) {
    if (type.size() == 8) {
      return type.unsigned ? "uint64_t" : "int64_t";
    }
    String name = type.size() == 1 ? "char" : type.size() == 2 ? "short" : "int";
    return type.unsigned ? "unsigned " + name : name;
  }
}
