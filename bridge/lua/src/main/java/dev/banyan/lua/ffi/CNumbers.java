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
    COMMON_NAME(13, "CN", "commonName", "2.5.4.3"),
    COUNTRY(14, "C", "countryName", "2.5.4.6"),
    LOCALITY(15, "L", "localityName", "2.5.4.7"),
    STATE(16, "ST", "stateOrProvinceName", "2.5.4.8"),
    ORGANIZATION(17, "O", "organizationName", "2.5.4.10"),
    UNIT(18, "OU", "organizationalUnitName", "2.5.4.11"),
    EMAIL(48, "emailAddress", "emailAddress", "1.2.840.113549.1.9.1"),
    SUBJECT_KEY(82, "subjectKeyIdentifier", "X509v3 Subject Key Identifier", "2.5.29.14"),
    KEY_USAGE(83, "keyUsage", "X509v3 Key Usage", "2.5.29.15"),
    ALTERNATIVE(85, "subjectAltName", "X509v3 Subject Alternative Name", "2.5.29.17"),
    ISSUER_ALTERNATIVE(86, "issuerAltName", "X509v3 Issuer Alternative Name", "2.5.29.18"),
    CONSTRAINTS(87, "basicConstraints", "X509v3 Basic Constraints", "2.5.29.19"),
    POLICIES(89, "certificatePolicies", "X509v3 Certificate Policies", "2.5.29.32"),
    AUTHORITY_KEY(90, "authorityKeyIdentifier", "X509v3 Authority Key Identifier", "2.5.29.35"),
    GIVEN_NAME(99, "GN", "givenName", "2.5.4.42"),
    SURNAME(100, "SN", "surname", "2.5.4.4"),
    REVOCATION(103, "crlDistributionPoints", "X509v3 CRL Distribution Points", "2.5.29.31"),
    SERIAL_NUMBER(105, "serialNumber", "serialNumber", "2.5.4.5"),
    TITLE(106, "title", "title", "2.5.4.12"),
    EXTENDED_USAGE(126, "extendedKeyUsage", "X509v3 Extended Key Usage", "2.5.29.37"),
    AUTHORITY_ACCESS(
        177, "authorityInfoAccess", "Authority Information Access", "1.3.6.1.5.5.7.1.1"),
    FOR_SERVERS(129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1"),
    FOR_CLIENTS(130, "clientAuth", "TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2"),
    OCSP(178, "OCSP", "OCSP", "1.3.6.1.5.5.7.48.1"),
    ISSUERS(179, "caIssuers", "CA Issuers", "1.3.6.1.5.5.7.48.2"),
    DOMAIN(391, "DC", "domainComponent", "0.9.2342.19200300.100.1.25"),
    USER(458, "UID", "userId", "0.9.2342.19200300.100.1.1"),
    RSA_SHA1(65, "RSA-SHA1", "sha1WithRSAEncryption", "1.2.840.113549.1.1.5"),
    EC_SHA1(416, "ecdsa-with-SHA1", "ecdsa-with-SHA1", "1.2.840.10045.4.1"),
    RSA_SHA256(668, "RSA-SHA256", "sha256WithRSAEncryption", "1.2.840.113549.1.1.11"),
    RSA_SHA384(669, "RSA-SHA384", "sha384WithRSAEncryption", "1.2.840.113549.1.1.12"),
    RSA_SHA512(670, "RSA-SHA512", "sha512WithRSAEncryption", "1.2.840.113549.1.1.13"),
    RSA_SHA224(671, "RSA-SHA224", "sha224WithRSAEncryption", "1.2.840.113549.1.1.14"),
    EC_SHA256(794, "ecdsa-with-SHA256", "ecdsa-with-SHA256", "1.2.840.10045.4.3.2"),
    EC_SHA384(795, "ecdsa-with-SHA384", "ecdsa-with-SHA384", "1.2.840.10045.4.3.3"),
    EC_SHA512(796, "ecdsa-with-SHA512", "ecdsa-with-SHA512", "1.2.840.10045.4.3.4"),
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

  /** The number of an object of dotted numbers; 0 for one that isn't known. */
  static int ofDotted(String dotted) {
    return known(dotted, name -> name.number).orElse(0);
  }

  /** The short name of dotted numbers; empty for unknown ones. */
  static String brief(String dotted) {
    return known(dotted, name -> name.brief).orElse("");
  }

  /** The long name of dotted numbers; empty for unknown ones. */
  static String whole(String dotted) {
    return known(dotted, name -> name.whole).orElse("");
  }

  private static <T> Optional<T> known(String dotted, Function<Name, T> which) {
    return dotted.isEmpty() ? Optional.empty() : find(n -> n.dotted.equals(dotted)).map(which);
  }

  /** The dotted numbers of a number; empty for an unknown one. */
  static String dotted(int number) {
    return find(name -> name.number == number).map(name -> name.dotted).orElse("");
  }

  /** The dotted numbers of a name or of themselves; empty for what isn't known. */
  static String dottedOf(String text) {
    return find(any(text)).map(name -> name.dotted).orElse("");
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
