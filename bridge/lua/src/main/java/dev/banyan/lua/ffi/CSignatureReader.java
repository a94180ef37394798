package dev.banyan.lua.ffi;

import java.util.ArrayList;
import java.util.List;

/** Owned by one declaration: reads the parameters of a function. */
final class CSignatureReader {
  private final CWords words;
  private final CParser parser;
  private final List<CType> parameters = new ArrayList<>();
  private boolean variadic;

  CSignatureReader(CWords words, CParser parser) {
    this.words = words;
    this.parser = parser;
  }

  /** Reads up to the closing bracket. */
  void read() {
    if (words.option(")")) {
      return;
    }
    do {
      if (words.option("...")) {
        variadic = true;
        break;
      }
      CSpecifier specifier = new CSpecifierReader(words, parser).read();
      CType type = parser.declarator(specifier.attributes(), CNaming.OPTIONAL).of(specifier.base());
      if (type.is(CType.Kind.VOID)) {
        break;
      }
      parameters.add(passed(type));
    } while (words.option(","));
    words.check(")");
  }

  CSignature signature(CType result) {
    return new CSignature(result, parameters, variadic);
  }

  private static CType passed(CType type) {
    return switch (type.kind) {
      case ARRAY -> CType.pointer(type.element());
      case FUNCTION -> CType.pointer(type);
      default -> type.plain();
    };
  }
}
