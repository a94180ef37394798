package dev.banyan.transport;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whether a certificate is one of a host, as OpenSSL's {@code X509_check_host} decides. Names are
 * octets, of which only ASCII letters have two cases.
 */
final class HostCheck {
  private HostCheck() {}

  /**
   * By the certificate's DNS names, or its common name where it has none of them. A host that
   * begins with a dot is any below it.
   */
  static boolean matches(X509Certificate certificate, String host) {
    List<String> names = DnsNames.of(certificate);
    if (names == null || host.isEmpty() || host.indexOf(0) >= 0) {
      return false;
    }
    String wanted = lower(host);
    for (String name : names.isEmpty() ? commonNames(certificate) : names) {
      if (isOf(lower(name), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> commonNames(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
          byte[] octets = name.getBytes(StandardCharsets.UTF_8);
          names.add(new String(octets, StandardCharsets.ISO_8859_1));
        }
      }
      return names;
    } catch (InvalidNameException e) {
      return List.of();
    }
  }

  private static boolean isOf(String name, String host) {
    if (host.startsWith(".") && host.length() > 1) {
      return name.endsWith(host) && name.indexOf(0) < 0;
    }
    if (name.equals(host)) {
      return true;
    }
    WildcardName wildcard = WildcardName.parse(name);
    return wildcard != null && wildcard.matches(host);
  }

  /** Not by Unicode's rules, by which other letters than ASCII's become ASCII's. */
  private static String lower(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return out.toString();
  }
}
