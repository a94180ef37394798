package dev.banyan.lua.ffi;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.luaj.vm2.LuaValue;

/** OpenSSL's numbers of what has a name in ASN.1, as far as it is here. */
final class CNumbers {
  private CNumbers() {}

  private enum Name {
    NONE(0, "UNDEF", "undefined", ""),
    MD5(4, "MD5", "md5", "1.2.840.113549.2.5"),
    RSA(6, "rsaEncryption", "rsaEncryption", "1.2.840.113549.1.1.1"),
    DH(28, "dhKeyAgreement", "dhKeyAgreement", "1.2.840.113549.1.3.1"),
    SHA1(64, "SHA1", "sha1", "1.3.14.3.2.26"),
    PBKDF2(69, "PBKDF2", "PBKDF2", "1.2.840.113549.1.5.12"),
    EC(408, "id-ecPublicKey", "id-ecPublicKey", "1.2.840.10045.2.1"),
    P256(415, "prime256v1", "prime256v1", "1.2.840.10045.3.1.7"),
    SHA256(672, "SHA256", "sha256", "2.16.840.1.101.3.4.2.1"),
    SHA384(673, "SHA384", "sha384", "2.16.840.1.101.3.4.2.2"),
    SHA512(674, "SHA512", "sha512", "2.16.840.1.101.3.4.2.3"),
    SHA224(675, "SHA224", "sha224", "2.16.840.1.101.3.4.2.4"),
    P384(715, "secp384r1", "secp384r1", "1.3.132.0.34"),
    P521(716, "secp521r1", "secp521r1", "1.3.132.0.35"),
    SCRYPT(973, "id-scrypt", "scrypt", "1.3.6.1.4.1.11591.4.11"),
    TLS1_PRF(1021, "TLS1-PRF", "tls1-prf", ""),
    X25519(1034, "X25519", "X25519", "1.3.101.110"),
    X448(1035, "X448", "X448", "1.3.101.111"),
    HKDF(1036, "HKDF", "hkdf", ""),
    ED25519(1087, "ED25519", "ED25519", "1.3.101.112"),
    ED448(1088, "ED448", "ED448", "1.3.101.113");

    final int number;
    final String brief;
    final String whole;
    final String dotted;

    Name(int number, String brief, String whole, String dotted) {
      this.number = number;
      this.brief = brief;
      this.whole = whole;
      this.dotted = dotted;
    }
  }

  static Map<String, CFunction> functions() {
    return Map.of(
        "OBJ_txt2nid", new CFunction(1, c -> number(c, CNumbers::any)),
        "OBJ_sn2nid", new CFunction(1, c -> number(c, text -> name -> name.brief.equals(text))),
        "OBJ_ln2nid", new CFunction(1, c -> number(c, text -> name -> name.whole.equals(text))),
        "OBJ_nid2sn", new CFunction(1, c -> text(c, name -> name.brief)),
        "OBJ_nid2ln", new CFunction(1, c -> text(c, name -> name.whole)));
  }

  /** The number of what is named so; 0 for anything else. */
  static int of(String brief) {
    return find(name -> name.brief.equals(brief)).map(name -> name.number).orElse(0);
  }

  private static Predicate<Name> any(String text) {
    return name ->
        name.brief.equals(text)
            || name.whole.equals(text)
            || (!name.dotted.isEmpty() && name.dotted.equals(text));
  }

  private interface Reader {
    Predicate<Name> wanted(String text);
  }

  private static LuaValue number(CArguments c, Reader reader) {
    return c.result(find(reader.wanted(c.text(1))).map(name -> name.number).orElse(0));
  }

  private static LuaValue text(CArguments c, Function<Name, String> which) {
    long number = c.integer(1);
    return find(name -> name.number == number)
        .map(which)
        .map(c::literal)
        .map(c::result)
        .orElseGet(c::nullResult);
  }

  private static Optional<Name> find(Predicate<Name> wanted) {
    return Arrays.stream(Name.values()).filter(wanted).findFirst();
  }
}
