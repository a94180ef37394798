package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.DerExtensions;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.KeyForms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code X509}, to be read, compared and verified. */
final class CCertificates {
  private static final int UTC_TIME = 23;
  private static final int GENERALIZED_TIME = 24;

  /** From which year on times have four digits for it. */
  private static final int FIRST_LONG_YEAR = 2050;

  private static final long WORK = 1 << 16;

  private CCertificates() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "X509_get_version", 1, c -> c.result(cert(c).getVersion() - 1));
    CFunction.put(all, "X509_get0_serialNumber", 1, CCertificates::serial);
    CFunction.put(all, "X509_get_serialNumber", 1, CCertificates::serial);
    CFunction.put(all, "X509_get0_notBefore", 1, c -> time(c, cert(c).getNotBefore()));
    CFunction.put(all, "X509_get0_notAfter", 1, c -> time(c, cert(c).getNotAfter()));
    CFunction.put(
        all, "X509_get_signature_nid", 1, c -> c.result(CNumbers.ofDotted(cert(c).getSigAlgOID())));
    CFunction.put(all, "X509_up_ref", 1, c -> c.result(1));
    CFunction.put(all, "X509_cmp", 2, CCertificates::compare);
    CFunction.put(all, "X509_verify", 2, CCertificates::verify);
    CFunction.put(all, "X509_check_private_key", 2, CCertificates::belongs);
    CFunction.put(all, "X509_pubkey_digest", 4, CCertificates::keyDigest);
    CFunction.put(all, "PEM_write_bio_X509", 2, c -> written(c, true));
    CFunction.put(all, "i2d_X509_bio", 2, c -> written(c, false));
    CFunction.put(all, "X509_get_ext_count", 1, c -> c.result(extensions(c).size()));
    CFunction.put(all, "X509_get_ext", 2, CCertificates::extension);
    CFunction.put(all, "X509_get_ext_by_NID", 3, CCertificates::extensionIndex);
    CFunction.put(all, "X509_EXTENSION_get_critical", 1, c -> c.result(each(c).critical() ? 1 : 0));
    CFunction.put(all, "X509_EXTENSION_get_object", 1, c -> CSubjects.object(c, each(c).object()));
    CFunction.put(all, "X509_EXTENSION_get_data", 1, c -> CSubjects.text(c, 4, each(c).octets()));
    CFunction.put(all, "X509_EXTENSION_free", 1, c -> LuaValue.NONE);
    return all;
  }

  private static X509Certificate cert(CArguments c) {
    return c.object(1, X509Certificate.class);
  }

  private static LuaValue serial(CArguments c) {
    return CSubjects.integer(c, cert(c).getSerialNumber());
  }

  private static LuaValue time(CArguments c, Date date) {
    return c.made(moment(date.toInstant()));
  }

  /** A time as certificates have it. */
  static CSubjects.Text moment(Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    boolean small = time.getYear() < FIRST_LONG_YEAR;
    String pattern = small ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'";
    byte[] text =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
            .format(time)
            .getBytes(StandardCharsets.ISO_8859_1);
    return new CSubjects.Text(small ? UTC_TIME : GENERALIZED_TIME, text);
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was decoded can be encoded", e);
    }
  }

  private static LuaValue compare(CArguments c) {
    byte[] other = encoded(c.object(2, X509Certificate.class));
    return c.result(Integer.signum(Arrays.compareUnsigned(encoded(cert(c)), other)));
  }

  private static LuaValue verify(CArguments c) {
    c.burn(WORK);
    try {
      Optional<PublicKey> known = c.object(2, CKey.class).known();
      if (known.isEmpty()) {
        return c.result(0);
      }
      cert(c).verify(known.get());
      return c.result(1);
    } catch (InvalidKeyException e) {
      return c.result(-1); // of another kind
    } catch (GeneralSecurityException e) {
      return c.result(0); // by another key
    }
  }

  private static LuaValue belongs(CArguments c) {
    try {
      byte[] known = c.object(2, CKey.class).known().map(PublicKey::getEncoded).orElse(null);
      return c.result(Arrays.equals(cert(c).getPublicKey().getEncoded(), known) ? 1 : 0);
    } catch (GeneralSecurityException e) {
      return c.result(0);
    }
  }

  private static LuaValue keyDigest(CArguments c) {
    Optional<Hash> hash = CDigests.hash(c, 2);
    byte[] bits = KeyForms.bits(cert(c).getPublicKey());
    hash.ifPresent(known -> c.storeWithLength(3, known.digest().digest(bits), 4));
    return c.result(hash.isPresent() ? 1 : 0);
  }

  private static LuaValue written(CArguments c, boolean pem) {
    byte[] der = encoded(c.object(2, X509Certificate.class));
    byte[] octets = pem ? KeyForms.pem("CERTIFICATE", der) : der;
    return c.result(c.object(1, CBio.class).write(octets) ? 1 : 0);
  }

  // ---- extensions

  private static List<DerExtensions.Extension> extensions(CArguments c) {
    try {
      return DerExtensions.of(cert(c));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was decoded can be encoded", e);
    }
  }

  private static DerExtensions.Extension each(CArguments c) {
    return c.object(1, DerExtensions.Extension.class);
  }

  private static LuaValue extension(CArguments c) {
    return CLists.at(c, extensions(c));
  }

  private static LuaValue extensionIndex(CArguments c) {
    String wanted = CNumbers.dotted((int) c.integer(2));
    return wanted.isEmpty()
        ? c.result(-2)
        : CLists.index(c, extensions(c), DerExtensions.Extension::object, wanted);
  }
}
