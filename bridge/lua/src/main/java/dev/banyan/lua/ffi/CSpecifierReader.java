package dev.banyan.lua.ffi;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by one declaration: reads the words before its first declarator. */
final class CSpecifierReader {
  private static final Set<String> NUMBERS =
      Set.of("char", "int", "double", "float", "void", "bool", "_Bool");
  private static final Set<String> COMPLEX =
      Set.of("complex", "_Complex", "__complex", "__complex__");
  private static final Set<String> SIZES =
      Set.of("short", "long", "signed", "__signed", "__signed__", "unsigned");
  private static final Set<String> CONST = Set.of("const", "__const", "__const__");
  private static final Set<String> VOLATILE = Set.of("volatile", "__volatile", "__volatile__");
  private static final Set<String> STORAGE = Set.of("typedef", "static", "extern");
  private static final Set<String> BODIES = Set.of("struct", "union", "enum");
  private static final Set<String> FIXED = Set.of("__int8", "__int16", "__int32", "__int64");

  private final CWords words;
  private final CParser parser;
  private final CAttributes attributes = new CAttributes();
  private CStorage storage = CStorage.OTHER;
  private int qualifiers;
  private @Nullable CType type;
  private String number = "";
  private boolean unsigned;
  private boolean sized;
  private boolean complex;
  private boolean isShort;
  private int longs;

  private final boolean storageAllowed;

  CSpecifierReader(CWords words, CParser parser) {
    this(words, parser, true);
  }

  /** One that accepts {@code static} and the like, or doesn't. */
  CSpecifierReader(CWords words, CParser parser, boolean storageAllowed) {
    this.words = words;
    this.parser = parser;
    this.storageAllowed = storageAllowed;
  }

  /** Whether a word names nothing but what C means by it. */
  static boolean isReserved(String text) {
    return NUMBERS.contains(text)
        || SIZES.contains(text)
        || COMPLEX.contains(text)
        || CONST.contains(text)
        || VOLATILE.contains(text)
        || STORAGE.contains(text)
        || BODIES.contains(text)
        || FIXED.contains(text)
        || text.equals("sizeof")
        || CAttributeReader.begins(text);
  }

  /** Whether a word may begin a type. */
  static boolean begins(CToken token, CNames names) {
    if (token.kind() == CToken.Kind.TYPE) {
      return true;
    }
    String text = token.text();
    return token.kind() == CToken.Kind.IDENTIFIER
        && ((isReserved(text) && !text.equals("sizeof")) || names.typedef(text) != null);
  }

  CSpecifier read() {
    while (step()) {
      // Each word adds to what is known.
    }
    if (type == null && number.isEmpty() && !sized) {
      throw words.expected("declaration specifier");
    }
    CType whole = type != null ? type : spelled();
    return new CSpecifier(whole.with(qualifiers), storage, attributes);
  }

  private boolean step() {
    CToken word = words.current();
    if (word.kind() == CToken.Kind.TYPE) {
      return take(word.type());
    }
    if (word.kind() != CToken.Kind.IDENTIFIER) {
      return false;
    }
    String text = word.text();
    if (CONST.contains(text)) {
      qualifiers |= CType.CONST;
    } else if (VOLATILE.contains(text)) {
      qualifiers |= CType.VOLATILE;
    } else if (STORAGE.contains(text)) {
      if (!storageAllowed) {
        throw words.near("bad storage class");
      }
      storage =
          switch (text) {
            case "typedef" -> CStorage.TYPEDEF;
            case "static" -> CStorage.STATIC;
            default -> storage;
          };
    } else if (CAttributeReader.begins(text)) {
      new CAttributeReader(words, parser, attributes).read();
      return true;
    } else if (BODIES.contains(text)) {
      return isOpen() && takeBody(text);
    } else if (COMPLEX.contains(text)) {
      if (type != null) {
        return false;
      }
      complex = true;
      sized = true;
    } else if (SIZES.contains(text) || NUMBERS.contains(text) || FIXED.contains(text)) {
      return type == null && takeWord(text);
    } else {
      return isOpen() && take(parser.names().typedef(text));
    }
    words.next();
    return true;
  }

  private boolean isOpen() {
    return type == null && number.isEmpty() && !sized;
  }

  private boolean take(@Nullable CType known) {
    if (known == null || !isOpen()) {
      return false;
    }
    type = known;
    words.next();
    return true;
  }

  private boolean takeBody(String form) {
    words.next();
    CBody.Form which =
        switch (form) {
          case "struct" -> CBody.Form.STRUCT;
          case "union" -> CBody.Form.UNION;
          default -> CBody.Form.ENUM;
        };
    type = parser.body(which);
    return true;
  }

  private boolean takeWord(String text) {
    switch (text) {
      case "short" -> isShort = true;
      case "long" -> longs++;
      case "unsigned" -> unsigned = true;
      case "signed", "__signed", "__signed__" -> unsigned = false;
      default -> {
        if (!number.isEmpty()) {
          return false;
        }
        number = text;
        words.next();
        return true;
      }
    }
    sized = true;
    words.next();
    return true;
  }

  private CType spelled() {
    if (complex) {
      boolean small = number.equals("float") || number.equals("int");
      return CType.complex(small ? CType.FLOAT : CType.DOUBLE);
    }
    return switch (number) {
      case "void" -> CType.VOID;
      case "bool", "_Bool" -> CType.BOOL;
      case "float" -> CType.FLOAT;
      case "double" -> longs > 0 ? CType.LONG_DOUBLE : CType.DOUBLE;
      case "char", "__int8" -> CType.integer(1, unsigned);
      case "__int16" -> CType.integer(2, unsigned);
      case "__int64" -> CType.integer(8, unsigned);
      default -> CType.integer(isShort ? 2 : longs > 0 ? 8 : 4, unsigned);
    };
  }
}
