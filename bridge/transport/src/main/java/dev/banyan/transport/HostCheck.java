package dev.banyan.transport;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whether a certificate is one of a host, as OpenSSL's {@code X509_check_host} decides. */
final class HostCheck {
  private static final int DNS_NAME = 2;

  private HostCheck() {}

  /** By the certificate's DNS names, or its common name where it has none of them. */
  static boolean matches(X509Certificate certificate, String host) {
    List<String> names = names(certificate);
    String wanted = host.toLowerCase(Locale.ROOT);
    for (String name : names.isEmpty() ? commonNames(certificate) : names) {
      if (matches(name.toLowerCase(Locale.ROOT), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      java.util.Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> one : all == null ? List.<List<?>>of() : all) {
        if (one.get(0).equals(DNS_NAME)) {
          names.add(String.valueOf(one.get(1)));
        }
      }
      return names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static List<String> commonNames(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          names.add(String.valueOf(part.getValue()));
        }
      }
      return names;
    } catch (InvalidNameException e) {
      return List.of();
    }
  }

  /** One star in the first label stands for as much of that label as it must. */
  private static boolean matches(String pattern, String host) {
    int star = pattern.indexOf('*');
    int dot = pattern.indexOf('.');
    if (star < 0 || star > dot) {
      return pattern.equals(host);
    }
    boolean single = pattern.indexOf('*', star + 1) < 0;
    boolean below = pattern.indexOf('.', dot + 1) > 0; // never *.com
    int end = host.indexOf('.');
    if (!single || !below || end < 0 || !host.substring(end).equals(pattern.substring(dot))) {
      return false;
    }
    String label = host.substring(0, end);
    String before = pattern.substring(0, star);
    String after = pattern.substring(star + 1, dot);
    return label.length() > before.length() + after.length() - 1
        && !label.isEmpty()
        && label.startsWith(before)
        && label.endsWith(after);
  }
}
