package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.crypto.DerExtensions.Extension;
import dev.banyan.lua.crypto.ExtensionForms;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.KeyForms;
import dev.banyan.lua.crypto.SigningRequest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** Extensions that are made from OpenSSL's texts, with what these are about. */
final class CExtensionTexts {
  /** What {@code CONF} stands for: sections in it are not read. */
  private static final String EMPTY = "configuration";

  private static final int POINTERS = 4;
  private static final String CRITICAL = "critical";
  private static final List<String> KNOWN =
      List.of(
          ExtensionForms.SUBJECT_KEY,
          ExtensionForms.KEY_USAGE,
          ExtensionForms.ALTERNATIVE,
          ExtensionForms.ISSUER_ALTERNATIVE,
          ExtensionForms.CONSTRAINTS,
          ExtensionForms.AUTHORITY_KEY,
          ExtensionForms.EXTENDED_USAGE);

  private CExtensionTexts() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "NCONF_new", 1, c -> c.made(EMPTY));
    CFunction.put(all, "NCONF_free", 1, c -> LuaValue.NONE);
    CFunction.put(all, "X509V3_set_nconf", 2, c -> LuaValue.NONE);
    CFunction.put(all, "X509V3_set_ctx", 6, CExtensionTexts::about);
    CFunction.put(
        all, "X509V3_EXT_nconf_nid", 4, c -> made(c, CNumbers.dotted((int) c.integer(3))));
    CFunction.put(all, "X509V3_EXT_nconf", 4, c -> made(c, CNumbers.dottedOf(c.text(3))));
    return all;
  }

  /** Writes down the issuer, the subject, the request and the list that texts are about. */
  private static LuaValue about(CArguments c) {
    PointerData context = c.pointer(1);
    context.memory.write(context.offset, Integer.BYTES, c.integer(6));
    for (int i = 0; i < POINTERS; i++) {
      c.storePointerAt(c.pointer(i + 2), context.memory, context.offset + 8L * (i + 1));
    }
    return LuaValue.NONE;
  }

  private static LuaValue made(CArguments c, String object) {
    if (!KNOWN.contains(object)) {
      throw LuaErrors.raise(
          "extensions are not made from texts here that are "
              + (object.isEmpty() ? "unknown" : CNumbers.whole(object)));
    }
    List<String> parts = new ArrayList<>();
    for (String part : c.text(4).split(",")) {
      parts.add(part.strip());
    }
    boolean critical = parts.get(0).equals(CRITICAL);
    if (critical) {
      parts.remove(0);
    }
    Optional<byte[]> octets = value(c, object, parts);
    if (octets.isEmpty()) {
      c.objects().fail(CFault.BAD_EXTENSION);
      return c.nullResult();
    }
    return c.made(new Extension(object, critical, octets.get()));
  }

  private static Optional<byte[]> value(CArguments c, String object, List<String> parts) {
    if (object.equals(ExtensionForms.SUBJECT_KEY) && parts.equals(List.of("hash"))) {
      return key(c, 2).or(() -> key(c, 3)).map(known -> ExtensionForms.subjectKey(hash(known)));
    }
    if (object.equals(ExtensionForms.AUTHORITY_KEY)) {
      boolean plain = parts.stream().allMatch(part -> part.matches("keyid(:always)?"));
      return plain ? issuerKey(c).flatMap(ExtensionForms::authorityKey) : Optional.empty();
    }
    return ExtensionForms.read(object, parts);
  }

  private static byte[] hash(PublicKey key) {
    return Hash.SHA1.digest().digest(KeyForms.bits(key));
  }

  private static PointerData pointer(CArguments c, int at) {
    PointerData context = c.pointer(2);
    return context.isNull() ? context : c.pointerAt(context.memory, context.offset + 8L * at);
  }

  /** The key of the certificate or request that a text is about. */
  private static Optional<PublicKey> key(CArguments c, int at) {
    PointerData place = pointer(c, at);
    return CCertificateMaking.key(c, place)
        .or(() -> c.objects().at(place, SigningRequest.class).map(request -> request.key));
  }

  /** What the issuer says of its own key. */
  private static Optional<byte[]> issuerKey(CArguments c) {
    return CCertificateMaking.extensions(c, pointer(c, 1)).stream()
        .filter(each -> each.object().equals(ExtensionForms.SUBJECT_KEY))
        .map(Extension::octets)
        .findFirst();
  }
}
