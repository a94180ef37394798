package dev.banyan.lua.crypto;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A chain from a certificate to one that is trusted, found and judged as OpenSSL does.
 *
 * @param certificates from the first to as far as was come
 * @param result OpenSSL's number of what is wrong; 0 for nothing
 * @param depth where in the chain
 */
public record CertificateChain(List<X509Certificate> certificates, int result, int depth) {
  /** What may be wrong with a chain, by OpenSSL's numbers. */
  private static final int NO_ISSUER = 2;

  private static final int BAD_SIGNATURE = 7;
  private static final int NOT_YET = 9;
  private static final int EXPIRED = 10;
  private static final int LONE_ROOT = 18;
  private static final int ROOT_IN_CHAIN = 19;
  private static final int NO_LOCAL_ISSUER = 20;
  private static final int TOO_LONG = 22;
  private static final int PATH_TOO_LONG = 25;
  private static final int WRONG_PURPOSE = 26;
  private static final int BAD_EXTENSION = 41;
  private static final int NO_AUTHORITY = 79;

  private static final int MOST = 32;
  private static final int SIGNS_CERTIFICATES = 5;

  /**
   * How a chain is judged.
   *
   * @param purpose the object of what the first certificate must be for, "" for anything
   * @param partial whether a trusted certificate ends it that isn't its own issuer
   * @param when the time that certificates must be valid at; empty for none
   */
  public record Rules(String purpose, boolean partial, Optional<Instant> when) {}

  /** Finds and judges the chain of a certificate. */
  public static CertificateChain of(
      X509Certificate first,
      List<X509Certificate> beside,
      List<X509Certificate> trusted,
      Rules rules) {
    try {
      return found(first, beside, trusted, rules);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return new CertificateChain(List.of(first), BAD_EXTENSION, 0); // of other octets than told
    }
  }

  private static CertificateChain found(
      X509Certificate first,
      List<X509Certificate> beside,
      List<X509Certificate> trusted,
      Rules rules) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(first);
    boolean isTrusted = rules.partial() && trusted.contains(first);
    int own = 1;
    while (!isTrusted) {
      X509Certificate last = chain.getLast();
      if (issued(last, last)) {
        isTrusted = trusted.contains(last);
        break;
      }
      Optional<X509Certificate> next = issuer(last, trusted, chain, rules);
      if (next.isPresent()) {
        chain.add(next.get());
        isTrusted = rules.partial() || issued(next.get(), next.get());
      } else {
        next = chain.size() == own ? issuer(last, beside, chain, rules) : Optional.empty();
        if (next.isEmpty()) {
          break;
        }
        chain.add(next.get());
        own++;
      }
      if (chain.size() > MOST) {
        return new CertificateChain(chain, TOO_LONG, chain.size() - 1);
      }
    }
    if (!isTrusted) {
      boolean root = issued(chain.getLast(), chain.getLast());
      int unrooted = own < chain.size() ? NO_ISSUER : NO_LOCAL_ISSUER;
      int result = !root ? unrooted : chain.size() == 1 ? LONE_ROOT : ROOT_IN_CHAIN;
      return new CertificateChain(chain, result, chain.size() - 1);
    }
    return judged(chain, rules);
  }

  private static Optional<X509Certificate> issuer(
      X509Certificate of, List<X509Certificate> among, List<X509Certificate> chain, Rules rules) {
    List<X509Certificate> fitting =
        among.stream().filter(each -> issued(each, of) && !chain.contains(each)).toList();
    return fitting.stream()
        .filter(each -> time(each, rules) == 0)
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  /** Whether one may have issued another, by what both say. */
  private static boolean issued(X509Certificate issuer, X509Certificate subject) {
    if (!Arrays.equals(
        issuer.getSubjectX500Principal().getEncoded(),
        subject.getIssuerX500Principal().getEncoded())) {
      return false;
    }
    boolean[] usage = issuer.getKeyUsage();
    if (usage != null && !usage[SIGNS_CERTIFICATES] && !issuer.equals(subject)) {
      return false;
    }
    return keysFit(issuer, subject) && algorithmsFit(issuer, subject);
  }

  /** Whether the key of one is of the kind that has signed the other. */
  private static boolean algorithmsFit(X509Certificate issuer, X509Certificate subject) {
    String by = subject.getSigAlgName().toUpperCase(Locale.ROOT);
    return switch (issuer.getPublicKey().getAlgorithm()) {
      case "RSA" -> by.endsWith("RSA") || by.endsWith("PSS");
      case "EC" -> by.endsWith("ECDSA");
      case "EdDSA", "Ed25519", "Ed448" -> by.startsWith("ED");
      default -> true;
    };
  }

  /** Whether the key that one names is the other's, where both name one. */
  private static boolean keysFit(X509Certificate issuer, X509Certificate subject) {
    byte[] named = subject.getExtensionValue(ExtensionForms.AUTHORITY_KEY);
    byte[] own = issuer.getExtensionValue(ExtensionForms.SUBJECT_KEY);
    if (named == null || own == null) {
      return true;
    }
    int list = Der.content(named, 0);
    int first = Der.content(named, list);
    if (first >= Der.end(named, list) || Der.tag(named, first) != 0x80) {
      return true;
    }
    int key = Der.content(own, 0);
    return Arrays.equals(
        Arrays.copyOfRange(named, Der.content(named, first), Der.end(named, first)),
        Arrays.copyOfRange(own, Der.content(own, key), Der.end(own, key)));
  }

  private static CertificateChain judged(List<X509Certificate> chain, Rules rules) {
    int authorities = 0;
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate each = chain.get(i);
      if (i > 0 && !isAuthority(each)) {
        return new CertificateChain(chain, NO_AUTHORITY, i);
      }
      if (!isFor(each, rules.purpose())) {
        return new CertificateChain(chain, WRONG_PURPOSE, i);
      }
      int most = each.getBasicConstraints();
      if (i > 1 && most >= 0 && most != Integer.MAX_VALUE && authorities > most) {
        return new CertificateChain(chain, PATH_TOO_LONG, i);
      }
      if (i > 0 && !issued(each, each)) {
        authorities++;
      }
    }
    for (int i = chain.size() - 1; i >= 0; i--) {
      int result = i < chain.size() - 1 && !isSigned(chain, i) ? BAD_SIGNATURE : 0;
      result = result == 0 ? time(chain.get(i), rules) : result;
      if (result != 0) {
        return new CertificateChain(chain, result, i);
      }
    }
    return new CertificateChain(chain, 0, 0);
  }

  private static boolean isAuthority(X509Certificate certificate) {
    boolean old = certificate.getVersion() == 1 && issued(certificate, certificate);
    return old || certificate.getBasicConstraints() >= 0;
  }

  private static boolean isFor(X509Certificate certificate, String purpose) {
    byte[] value = certificate.getExtensionValue(ExtensionForms.EXTENDED_USAGE);
    return purpose.isEmpty()
        || value == null
        || ExtensionForms.objects(
                Arrays.copyOfRange(value, Der.content(value, 0), Der.end(value, 0)))
            .contains(purpose);
  }

  private static boolean isSigned(List<X509Certificate> chain, int at) {
    try {
      chain.get(at).verify(chain.get(at + 1).getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // by another key
    }
  }

  private static int time(X509Certificate certificate, Rules rules) {
    if (rules.when().isEmpty()) {
      return 0;
    }
    Instant now = rules.when().get();
    return now.isBefore(certificate.getNotBefore().toInstant())
        ? NOT_YET
        : now.isAfter(certificate.getNotAfter().toInstant()) ? EXPIRED : 0;
  }

  /** OpenSSL's words for a number. */
  public static String words(long result) {
    return switch ((int) result) {
      case 0 -> "ok";
      case NO_ISSUER -> "unable to get issuer certificate";
      case BAD_SIGNATURE -> "certificate signature failure";
      case NOT_YET -> "certificate is not yet valid";
      case EXPIRED -> "certificate has expired";
      case LONE_ROOT -> "self-signed certificate";
      case ROOT_IN_CHAIN -> "self-signed certificate in certificate chain";
      case NO_LOCAL_ISSUER -> "unable to get local issuer certificate";
      case 21 -> "unable to verify the first certificate";
      case TOO_LONG -> "certificate chain too long";
      case 23 -> "certificate revoked";
      case PATH_TOO_LONG -> "path length constraint exceeded";
      case WRONG_PURPOSE -> "unsuitable certificate purpose";
      case 27 -> "certificate not trusted";
      case 28 -> "certificate rejected";
      case BAD_EXTENSION -> "invalid or inconsistent certificate extension";
      case NO_AUTHORITY -> "invalid CA certificate";
      default -> "unknown certificate verification error";
    };
  }
}
