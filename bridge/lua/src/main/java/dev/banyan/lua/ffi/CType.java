package dev.banyan.lua.ffi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A type of C on x64, immutable but for the body of a struct, union or enum that is declared first
 * and defined later, and which is the type's identity.
 */
@SuppressWarnings("ReferenceEquality")
final class CType {
  static final int CONST = 1;
  static final int VOLATILE = 2;

  /** The {@link #count} of {@code [?]}. */
  static final long VARIABLE = -2;

  /** The {@link #count} of {@code []}. */
  static final long OPEN = -1;

  /** The size of what has none. */
  static final long NO_SIZE = -1;

  static final int POINTER_SIZE = 8;

  /** As far as a vector is aligned. */
  private static final int MOST_ALIGNED = 16;

  /** What a type is at its outside. */
  enum Kind {
    VOID,
    INTEGER,
    BOOL,
    FLOAT,
    ENUM,
    POINTER,
    REFERENCE,
    ARRAY,
    COMPLEX,
    VECTOR,
    STRUCT,
    FUNCTION
  }

  static final CType VOID = new CType(Kind.VOID, 0, false, 0, null, 0, null, null);
  static final CType BOOL = number(Kind.BOOL, 1, true);
  static final CType CHAR = number(Kind.INTEGER, 1, false);
  static final CType UNSIGNED_CHAR = number(Kind.INTEGER, 1, true);
  static final CType SHORT = number(Kind.INTEGER, 2, false);
  static final CType INT = number(Kind.INTEGER, 4, false);
  static final CType UNSIGNED_INT = number(Kind.INTEGER, 4, true);
  static final CType INT64 = number(Kind.INTEGER, 8, false);
  static final CType UINT64 = number(Kind.INTEGER, 8, true);
  static final CType FLOAT = number(Kind.FLOAT, 4, false);
  static final CType DOUBLE = number(Kind.FLOAT, 8, false);
  static final CType LONG_DOUBLE = number(Kind.FLOAT, 16, false);
  static final CType VOID_POINTER = pointer(VOID);
  static final CType CONST_VOID_POINTER = pointer(VOID.with(CONST));
  static final CType CONST_CHAR_POINTER = pointer(CHAR.with(CONST));

  final Kind kind;
  final boolean unsigned;
  final int qualifiers;
  private final int width;
  private final @Nullable CType element;

  /** An array's length, or {@link #OPEN} or {@link #VARIABLE}. */
  final long count;

  private final @Nullable CBody body;
  private final @Nullable CSignature signature;

  private CType(
      Kind kind,
      int width,
      boolean unsigned,
      int qualifiers,
      @Nullable CType element,
      long count,
      @Nullable CBody body,
      @Nullable CSignature signature) {
    this.kind = kind;
    this.width = width;
    this.unsigned = unsigned;
    this.qualifiers = qualifiers;
    this.element = element;
    this.count = count;
    this.body = body;
    this.signature = signature;
  }

  private static CType number(Kind kind, int width, boolean unsigned) {
    return new CType(kind, width, unsigned, 0, null, 0, null, null);
  }

  static CType integer(int width, boolean unsigned) {
    return switch (width) {
      case 1 -> unsigned ? UNSIGNED_CHAR : CHAR;
      case 4 -> unsigned ? UNSIGNED_INT : INT;
      case 8 -> unsigned ? UINT64 : INT64;
      default -> unsigned ? number(Kind.INTEGER, 2, true) : SHORT;
    };
  }

  static CType pointer(CType element) {
    return new CType(Kind.POINTER, POINTER_SIZE, false, 0, element, 0, null, null);
  }

  static CType reference(CType element) {
    return new CType(Kind.REFERENCE, POINTER_SIZE, false, 0, element, 0, null, null);
  }

  static CType array(CType element, long count) {
    return new CType(Kind.ARRAY, 0, false, 0, element, count, null, null);
  }

  /** A complex number of two floating-point ones. */
  static CType complex(CType element) {
    return new CType(Kind.COMPLEX, 0, false, 0, element, 2, null, null);
  }

  /** A vector of numbers. */
  static CType vector(CType element, long count) {
    return new CType(Kind.VECTOR, 0, false, 0, element, count, null, null);
  }

  static CType function(CSignature signature) {
    return new CType(Kind.FUNCTION, 0, false, 0, null, 0, null, signature);
  }

  static CType of(CBody body) {
    return new CType(body.isEnum() ? Kind.ENUM : Kind.STRUCT, 0, true, 0, null, 0, body, null);
  }

  /** This type with more qualifiers; an array's are those of its elements. */
  CType with(int more) {
    if ((qualifiers | more) == qualifiers) {
      return this;
    }
    if (kind == Kind.ARRAY) {
      return array(element().with(more), count);
    }
    return new CType(kind, width, unsigned, qualifiers | more, element, count, body, signature);
  }

  /** This type without its own qualifiers. */
  CType plain() {
    return qualifiers == 0
        ? this
        : new CType(kind, width, unsigned, 0, element, count, body, signature);
  }

  boolean is(Kind which) {
    return kind == which;
  }

  boolean isConst() {
    return kind == Kind.ARRAY ? element().isConst() : (qualifiers & CONST) != 0;
  }

  /** What a pointer or reference points to, what an array is made of. */
  CType element() {
    return Objects.requireNonNull(element);
  }

  /** The members of a struct or union, the values of an enum. */
  CBody body() {
    return Objects.requireNonNull(body);
  }

  CSignature signature() {
    return Objects.requireNonNull(signature);
  }

  /** Whether its values are integers, enums and booleans among them. */
  boolean isInteger() {
    return kind == Kind.INTEGER || kind == Kind.BOOL || kind == Kind.ENUM;
  }

  boolean isNumber() {
    return isInteger() || kind == Kind.FLOAT;
  }

  /** Whether its values are 64-bit integers. */
  boolean isInt64() {
    return kind == Kind.INTEGER && width == 8;
  }

  /** Whether an integer has no sign, as an enum without negative values. */
  boolean isUnsigned() {
    return kind == Kind.ENUM ? !body().hasNegatives() : unsigned;
  }

  /** The type as errors about conversions name it. */
  CType inErrors() {
    return kind == Kind.ENUM || kind == Kind.STRUCT ? plain() : this;
  }

  /** What is a piece of memory: a struct, a union, an array, or a number of parts. */
  boolean isAggregate() {
    return kind == Kind.STRUCT || kind == Kind.ARRAY || isCompound();
  }

  /** A complex number or a vector, whose parts are set all at once only. */
  boolean isCompound() {
    return kind == Kind.COMPLEX || kind == Kind.VECTOR;
  }

  /** Whether it has elements that lie in a row. */
  boolean isRow() {
    return kind == Kind.ARRAY || isCompound();
  }

  /** An array of characters, which a string initialises. */
  boolean isText() {
    return kind == Kind.ARRAY && element().is(Kind.INTEGER) && element().width == 1;
  }

  /** Whether how large a value is is told when it is made. */
  boolean isVariable() {
    return kind == Kind.ARRAY
        ? count == VARIABLE
        : kind == Kind.STRUCT && body().variableElement() != null;
  }

  /** The type that a reference refers to, any other type itself. */
  CType referred() {
    return kind == Kind.REFERENCE ? element() : this;
  }

  /** In bytes, or {@link #NO_SIZE}. */
  long size() {
    return switch (kind) {
      case VOID, FUNCTION -> NO_SIZE;
      case INTEGER, BOOL, FLOAT, POINTER, REFERENCE -> width;
      case ENUM -> body().isDefined() ? 4 : NO_SIZE;
      case STRUCT -> body().isDefined() ? body().size() : NO_SIZE;
      case ARRAY, COMPLEX, VECTOR -> {
        long each = element().size();
        yield count < 0 || each == NO_SIZE ? NO_SIZE : each * count;
      }
    };
  }

  /** The size of a value with so many variable elements, or {@link #NO_SIZE}. */
  long size(long elements) {
    if (!isVariable() || elements < 0) {
      return isVariable() ? NO_SIZE : size();
    }
    CType variable = kind == Kind.ARRAY ? element() : body().variableElement();
    long each = variable == null ? 0 : variable.size();
    long total = each * elements + (kind == Kind.STRUCT ? body().size() : 0);
    return total > Integer.MAX_VALUE || each < 0 ? NO_SIZE : total;
  }

  /** In bytes. */
  int align() {
    return switch (kind) {
      case VOID, FUNCTION -> 1;
      case INTEGER, BOOL, FLOAT, POINTER, REFERENCE -> width;
      case ENUM -> 4;
      case STRUCT -> body().align();
      case ARRAY, COMPLEX -> element().align();
      case VECTOR -> (int) Math.min(size(), MOST_ALIGNED);
    };
  }

  /** Whether both are the same type, qualifiers aside at the outside only. */
  boolean same(CType other) {
    if (this == other) {
      return true;
    }
    if (kind != other.kind || width != other.width || unsigned != other.unsigned) {
      return false;
    }
    return switch (kind) {
      case VOID, INTEGER, BOOL, FLOAT -> true;
      case ENUM, STRUCT -> body == other.body;
      case FUNCTION -> signature().same(other.signature());
      case ARRAY, COMPLEX, VECTOR -> count == other.count && sameElements(other);
      case POINTER, REFERENCE -> sameElements(other);
    };
  }

  private boolean sameElements(CType other) {
    return element().qualifiers == other.element().qualifiers && element().same(other.element());
  }

  @Override
  public String toString() {
    return CTypeName.of(this);
  }
}
