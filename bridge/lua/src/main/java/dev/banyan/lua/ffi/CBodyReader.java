package dev.banyan.lua.ffi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Owned by one declaration: reads what follows {@code struct}, {@code union} or {@code enum}. */
final class CBodyReader {
  /** The largest integer that bit fields are in. */
  private static final int LARGEST_CONTAINER = 4;

  private final CWords words;
  private final CParser parser;
  private final CPragmas pragmas;
  private final CAttributes attributes = new CAttributes();

  CBodyReader(CWords words, CParser parser, CPragmas pragmas) {
    this.words = words;
    this.parser = parser;
    this.pragmas = pragmas;
  }

  /** Reads the type; {@code declaring} when one that is unknown may be declared by its name. */
  CType read(CBody.Form form, boolean declaring) {
    CAttributeReader attribute = new CAttributeReader(words, parser, attributes);
    attribute.readAll();
    String name = words.current().isName() ? words.name() : "";
    attribute.readAll();
    if (!words.current().is("{")) {
      return known(form, name, declaring);
    }
    CType type = fresh(form, name);
    words.next();
    if (form == CBody.Form.ENUM) {
      enumerators(type);
    } else {
      members(type, attribute);
    }
    return type;
  }

  private CType known(CBody.Form form, String name, boolean declaring) {
    if (name.isEmpty()) {
      throw words.expected("'<identifier>'");
    }
    CType type = parser.names().tag(name);
    if (type == null && declaring) {
      return parser.names().newBody(form, name);
    }
    if (type == null) {
      throw words.error("undeclared or implicit tag '" + name + "'");
    }
    if (type.body().form != form) {
      throw words.error("attempt to redefine '" + name + "'");
    }
    return type;
  }

  private CType fresh(CBody.Form form, String name) {
    CType type = name.isEmpty() ? null : parser.names().tag(name);
    if (type != null && (type.body().isDefined() || type.body().form != form)) {
      throw words.error("attempt to redefine '" + name + "'");
    }
    return type == null ? parser.names().newBody(form, name) : type;
  }

  // ---- enums

  private void enumerators(CType type) {
    Map<String, Long> values = new LinkedHashMap<>();
    long next = 0;
    do {
      if (!values.isEmpty() && words.current().is("}")) {
        break;
      }
      String name = words.name();
      if (words.option("=")) {
        next = parser.expression().number();
      }
      parser.names().enumerator(name, next);
      values.put(name, next++);
    } while (words.option(","));
    words.check("}");
    new CAttributeReader(words, parser, attributes).readAll();
    type.body().define(values);
  }

  // ---- structs and unions

  private void members(CType type, CAttributeReader attribute) {
    Members members = new Members();
    while (!words.option("}")) {
      memberDeclaration(type.body(), members);
    }
    attribute.readAll();
    checkSizes(type.body(), members);
    int packing = attributes.packed() ? 1 : pragmas.packing();
    CLayout layout = new CLayout(type.body(), packing, attributes.align());
    members.list.forEach(layout::add);
    layout.finish();
  }

  private static final class Members {
    private final List<CMember> list = new ArrayList<>();
    private boolean ended;
  }

  private void memberDeclaration(CBody body, Members members) {
    CSpecifier specifier = new CSpecifierReader(words, parser).read();
    if (members.ended) {
      throw words.expected("'}'");
    }
    if (specifier.type().is(CType.Kind.STRUCT) && words.option(";")) {
      CAttributes own = specifier.attributes();
      members.list.add(
          new CMember("", specifier.type(), CField.NO_BITS, own.align(), own.packed()));
      return;
    }
    if (specifier.type().is(CType.Kind.ENUM) && words.option(";")) {
      return;
    }
    do {
      if (members.ended) {
        throw words.expected("'}'");
      }
      CAttributes own = new CAttributes();
      own.addAll(specifier.attributes());
      CDeclarator declarator = parser.declarator(own, CNaming.OPTIONAL);
      CType type = declarator.of(specifier.base());
      if (specifier.storage() == CStorage.STATIC) {
        body.constant(declarator.name(), parser.constantValue(type));
      } else {
        member(members, declarator.name(), type, own);
      }
    } while (words.option(","));
    words.check(";");
  }

  private void member(Members members, String name, CType type, CAttributes own) {
    int bits = CField.NO_BITS;
    if (words.current().is(":")) {
      bits = bits(type, name);
      new CAttributeReader(words, parser, own).readAll();
    } else {
      if (name.isEmpty()) {
        throw words.expected("'<identifier>'");
      }
      members.ended = isOpen(type);
    }
    members.list.add(new CMember(name, type, bits, own.align(), own.packed()));
  }

  private static boolean isOpen(CType type) {
    return type.isVariable() || (type.is(CType.Kind.ARRAY) && type.count < 0);
  }

  private void checkSizes(CBody body, Members members) {
    for (CMember member : members.list) {
      CType type = member.type();
      boolean open = isOpen(type) && !body.isUnion();
      if (!member.isBits() && !open && type.size() == CType.NO_SIZE) {
        throw words.error(Memory.NO_SIZE);
      }
    }
  }

  private int bits(CType type, String name) {
    words.next();
    int bits = parser.expression().value();
    boolean fits = type.isInteger() && type.size() <= LARGEST_CONTAINER;
    boolean tooLong = bits > (type.is(CType.Kind.BOOL) ? 1 : 8 * type.size());
    if (!fits || bits < 0 || tooLong || (bits == 0 && !name.isEmpty())) {
      throw words.error("invalid value near ':'");
    }
    return bits;
  }
}
