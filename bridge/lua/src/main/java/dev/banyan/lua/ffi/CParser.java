package dev.banyan.lua.ffi;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** Owned by one call: reads declarations of C, and notes what they name. */
final class CParser {
  /** As deep as declarations may nest. */
  private static final int MOST_NESTED = 100;

  private final CNames names;
  private final CWords words;
  private final CExpression expressions;
  private final CPragmas pragmas;
  private final boolean declaring;
  private int nested;

  private CParser(CNames names, String source, List<LuaValue> parameters, boolean declaring) {
    this.names = names;
    this.words = new CWords(new CScanner(source, parameters));
    this.expressions = new CExpression(words, this);
    this.pragmas = new CPragmas(words);
    this.declaring = declaring;
  }

  /** What {@code ffi.cdef} does. */
  static void declare(CNames names, String source, List<LuaValue> parameters) {
    names.undoingOnFailure(() -> new CParser(names, source, parameters, true).declarations());
  }

  private boolean declarations() {
    while (words.current().kind() != CToken.Kind.END) {
      if (words.current().is("#")) {
        pragmas.read();
      } else if (!words.option(";")) {
        declaration();
      }
    }
    words.checkEnd();
    return true;
  }

  /** The type that a text names, as for {@code ffi.typeof}. */
  static CType type(CNames names, String source, List<LuaValue> parameters) {
    return names.undoingOnFailure(() -> new CParser(names, source, parameters, false).only());
  }

  private CType only() {
    CType type = typeName();
    words.checkEnd();
    return type;
  }

  CNames names() {
    return names;
  }

  /** Begins what may stand within itself. */
  void enter() {
    checkLevels(++nested);
  }

  void leave() {
    nested--;
  }

  private void checkLevels(int levels) {
    if (levels > MOST_NESTED) {
      throw words.error("chunk has too many syntax levels");
    }
  }

  CConstant expression() {
    return expressions.conditional();
  }

  @Nullable Long constant(String name) {
    return names.constant(name);
  }

  boolean startsType() {
    return CSpecifierReader.begins(words.current(), names);
  }

  /** A type without a name beside it. */
  CType typeName() {
    CSpecifier specifier = new CSpecifierReader(words, this, false).read();
    return declarator(specifier.attributes(), CNaming.NONE).of(specifier.base());
  }

  /** A struct, union or enum, its keyword read. */
  CType body(CBody.Form form) {
    enter();
    CType type = new CBodyReader(words, this, pragmas).read(form, declaring);
    leave();
    return type;
  }

  private void declaration() {
    CSpecifier specifier = new CSpecifierReader(words, this).read();
    boolean bodyOnly =
        specifier.type().is(CType.Kind.STRUCT) || specifier.type().is(CType.Kind.ENUM);
    if (bodyOnly && specifier.storage() != CStorage.TYPEDEF && words.option(";")) {
      return;
    }
    do {
      CDeclarator declarator = declarator(specifier.attributes(), CNaming.REQUIRED);
      name(specifier, declarator.name(), declarator.of(specifier.base()));
    } while (words.option(","));
    if (words.current().is("{")) {
      words.skipBrackets("{", "}");
    } else if (words.current().kind() != CToken.Kind.END) {
      words.check(";");
    }
  }

  private void name(CSpecifier specifier, String name, CType type) {
    if (specifier.storage() == CStorage.TYPEDEF) {
      names.typedef(name, type);
    } else if (specifier.storage() == CStorage.STATIC && words.current().is("=")) {
      names.constant(name, constantValue(type));
    } else {
      names.symbol(name, type);
    }
  }

  /** What follows a {@code static const} number's name. */
  long constantValue(CType type) {
    if (!type.isInteger() || type.size() > 4) {
      throw words.error("invalid C type");
    }
    words.check("=");
    return Cells.truncate(type, expression().number());
  }

  // ---- declarators

  /** Pointers, names, lengths and parameters. */
  CDeclarator declarator(CAttributes attributes, CNaming naming) {
    enter();
    UnaryOperator<CType> prefix = pointers(attributes);
    String name = "";
    UnaryOperator<CType> inner = UnaryOperator.identity();
    if (words.current().is("(") && !parametersAhead()) {
      words.next();
      CDeclarator enclosed = declarator(attributes, naming);
      words.check(")");
      name = enclosed.name();
      inner = enclosed.shape();
    } else if (naming == CNaming.REQUIRED
        || (naming == CNaming.OPTIONAL && words.current().isName())) {
      name = words.name();
    }
    UnaryOperator<CType> suffix = suffixes(0);
    new CAttributeReader(words, this, attributes).readAll();
    leave();
    UnaryOperator<CType> outer = inner;
    return new CDeclarator(name, base -> outer.apply(suffix.apply(prefix.apply(base))));
  }

  private boolean parametersAhead() {
    return words.ahead().is(")") || CSpecifierReader.begins(words.ahead(), names);
  }

  private UnaryOperator<CType> pointers(CAttributes attributes) {
    UnaryOperator<CType> shape = UnaryOperator.identity();
    new CAttributeReader(words, this, attributes).readAll();
    int levels = 0;
    while (words.current().is("*") || words.current().is("&")) {
      checkLevels(++levels);
      boolean pointer = words.current().is("*");
      words.next();
      int qualifiers = qualifiers(attributes);
      UnaryOperator<CType> before = shape;
      shape =
          base -> {
            CType to = before.apply(base);
            return (pointer ? CType.pointer(to) : CType.reference(to)).with(qualifiers);
          };
    }
    return shape;
  }

  private int qualifiers(CAttributes attributes) {
    int qualifiers = 0;
    while (words.current().kind() == CToken.Kind.IDENTIFIER) {
      switch (words.current().text()) {
        case "const", "__const", "__const__" -> qualifiers |= CType.CONST;
        case "volatile", "__volatile", "__volatile__" -> qualifiers |= CType.VOLATILE;
        default -> {
          if (!CAttributeReader.begins(words.current().text())) {
            return qualifiers;
          }
          new CAttributeReader(words, this, attributes).read();
          continue;
        }
      }
      words.next();
    }
    return qualifiers;
  }

  /** Lengths and parameters; the one that stands first is the outermost. */
  private UnaryOperator<CType> suffixes(int levels) {
    checkLevels(levels);
    if (words.option("[")) {
      long count = count();
      UnaryOperator<CType> rest = suffixes(levels + 1);
      return base -> arrayOf(rest.apply(base), count);
    }
    if (words.option("(")) {
      CSignatureReader reader = new CSignatureReader(words, this);
      reader.read();
      UnaryOperator<CType> rest = suffixes(levels + 1);
      return base -> CType.function(reader.signature(checkResult(rest.apply(base))));
    }
    return UnaryOperator.identity();
  }

  private CType checkResult(CType result) {
    if (result.is(CType.Kind.ARRAY) || result.is(CType.Kind.FUNCTION)) {
      throw words.error("invalid C type");
    }
    return result;
  }

  private CType arrayOf(CType element, long count) {
    if (element.size() == CType.NO_SIZE
        || element.isVariable()
        || (count > 0 && element.size() * count > Integer.MAX_VALUE)) {
      throw words.error(Memory.NO_SIZE);
    }
    return CType.array(element, count);
  }

  private long count() {
    if (words.option("]")) {
      return CType.OPEN;
    }
    if (words.option("?")) {
      words.check("]");
      return CType.VARIABLE;
    }
    new CAttributeReader(words, this, new CAttributes()).readAll();
    CConstant count = expression();
    words.check("]");
    if (count.value() < 0) {
      throw words.error(Memory.NO_SIZE);
    }
    return count.number();
  }
}
