package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which suites {@code ssl_ciphers} selects, in which order; a real openssl is asked the same. */
final class CipherSuitesTest {
  private static final Set<String> KNOWN =
      new TreeSet<>(CipherSuites.selected("ALL").stream().map(CipherSuites::name).toList());

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HIGH:!aNULL:!MD5",
        "DEFAULT",
        "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE+AESGCM:ECDHE+CHACHA20",
        "EECDH+AESGCM:EDH+AESGCM",
        "HIGH:!kRSA",
        "HIGH:-ECDHE:ECDHE",
        "HIGH:!ECDHE:ECDHE",
        "HIGH:+AES256",
        "SHA256",
        "SHA",
        "TLSv1.2:!SHA256:!SHA384",
        "aRSA+SHA1",
        "TLSv1",
        "SSLv3",
        "ECDHE-RSA-AES128-GCM-SHA256,AES128-SHA",
        "ECDHE-RSA-AES128-GCM-SHA256 AES128-SHA",
        "nonsense:AES128-SHA",
        "ALL:!EXPORT:!LOW:!aNULL:!eNULL:!SSLv2:!RC4:!3DES",
        "HIGH:@STRENGTH",
        "AES128:@STRENGTH:AES256",
        "kEECDH+aRSA",
        "EDH",
        "HIGH:!TLSv1.2",
        "COMPLEMENTOFDEFAULT:AES128-SHA",
        "ECDHE-RSA-AES256-SHA384:HIGH:!AES256",
        "AES128-SHA:-AES128-SHA:AES256-SHA:AES128-SHA",
        "AES256-SHA:AES128-SHA:+AES256-SHA",
        "FIPS:!aNULL",
        "ECDH+AESGCM:DH+AESGCM:ECDH+AES256:DH+AES256:ECDH+AES128:DH+AES:RSA+AESGCM:!aNULL",
        "AES128:AES256:@STRENGTH"
      })
  void aTextSelectsWhatOpensslSelects(String text) throws IOException {
    List<String> found =
        CipherSuites.selected(text).stream()
            .map(CipherSuites::name)
            .filter(name -> !name.startsWith("TLS_"))
            .toList();
    String told = MadeCertificate.openssl(folder, List.of("ciphers", text));
    List<String> expected =
        Arrays.stream(told.strip().split(":"))
            .filter(KNOWN::contains)
            .filter(name -> !name.startsWith("TLS_"))
            .toList();
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aTextThatSelectsNoneIsRefused() {
    for (String text : List.of("nonsense", "AES128-SHA:!AES128-SHA", "", "!ALL")) {
      assertThatThrownBy(() -> CipherSuites.selected(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no cipher match");
    }
  }
}
