package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts a certificate is one of; the answers are those of OpenSSL 3.0. */
final class HostCheckTest {
  private static final List<String> HOSTS =
      List.of(
          "a.test",
          "A.TEST",
          "b.a.test",
          "c.b.a.test",
          "cn.test",
          "b.cn.test",
          "k.test",
          "127.0.0.1",
          ".test",
          ".a.test",
          ".evil.test",
          "a.test.",
          "a.test.evil.test",
          "x_y.a.test",
          "xn--b.a.test",
          "test",
          "one.test",
          "two.test",
          "b.test",
          "c.test",
          "a test",
          "x",
          "*.a.test");

  @TempDir Path folder;

  @Test
  void aDnsNameStandsForItselfInEitherCase() {
    assertThat(hosts("/CN=cn.test", "DNS:a.test")).containsExactly("a.test", "A.TEST", ".test");
  }

  @Test
  void theCommonNameCountsOnlyWithoutDnsNames() {
    assertThat(hosts("/CN=cn.test", "IP:127.0.0.1,email:a@b.test")).contains("cn.test");
    assertThat(hosts("/CN=cn.test", "IP:127.0.0.1,DNS:a.test")).doesNotContain("cn.test");
    assertThat(hosts("/CN=*.cn.test", null)).containsExactly("b.cn.test", ".test");
    assertThat(hosts("/CN=one.test/CN=two.test", null)).contains("one.test", "two.test");
  }

  @Test
  void anAddressIsNoHostUnlessItIsWrittenAsAName() {
    assertThat(hosts("/CN=cn.test", "IP:127.0.0.1")).doesNotContain("127.0.0.1");
    assertThat(hosts("/CN=cn.test", "DNS:127.0.0.1")).containsExactly("127.0.0.1");
  }

  @Test
  void anOddNameBesideThemHidesNoDnsNames() {
    assertThat(hosts("/CN=cn.test", "DNS:a.test,URI:::bad uri")).contains("a.test");
    assertThat(hosts("/CN=cn.test", "DER:300d8206612e7465737487037f0000"))
        .as("an address of three octets")
        .contains("a.test")
        .doesNotContain("cn.test");
  }

  @Test
  void aNameIsNotCutAtAnOctetOfZero() {
    assertThat(hosts("/CN=cn.test", "DER:30138211612e74657374002e6576696c2e74657374")).isEmpty();
  }

  @Test
  void anEmptyNameStandsForNoHostAndHidesTheCommonName() {
    assertThat(hosts("/CN=cn.test", "DER:30028200")).isEmpty();
    assertThat(hosts("/CN=cn.test", "DER:3000")).contains("cn.test");
  }

  @Test
  void namesThatCannotBeReadStandForNoHost() {
    MadeCertificate cut =
        MadeCertificate.own(
            folder, "cut", "/CN=cn.test", "subjectAltName=DER:30108206612074657374");
    MadeCertificate long4 =
        MadeCertificate.own(folder, "long", "/CN=cn.test", "subjectAltName=DER:3084ffffffff");
    for (MadeCertificate each : List.of(cut, long4)) {
      for (String host : HOSTS) {
        assertThat(HostCheck.matches(each.certificate(), host)).as(host).isFalse();
      }
    }
  }

  @Test
  void anotherLetterThatLooksLikeAnAsciiOneIsAnother() {
    assertThat(hosts("/CN=\u212a.test", null)).as("KELVIN SIGN").doesNotContain("k.test");
  }

  @Test
  void whatLooksLikeACommonNameWithinAnotherAttributeIsNone() {
    assertThat(hosts("/CN=a.test/O=CN\\=b.test, CN=c.test", null)).contains("a.test");
  }

  @Test
  void noHostAtAllIsNotMatched() {
    MadeCertificate any = MadeCertificate.own(folder, "any", "/CN=a.test");
    assertThat(HostCheck.matches(any.certificate(), "")).isFalse();
    assertThat(HostCheck.matches(any.certificate(), "a.test\0")).isFalse();
  }

  private List<String> hosts(String subject, @Nullable String names) {
    String[] extensions = names == null ? new String[0] : new String[] {"subjectAltName=" + names};
    MadeCertificate made = MadeCertificate.own(folder, "made", subject, extensions);
    return HOSTS.stream().filter(host -> HostCheck.matches(made.certificate(), host)).toList();
  }
}
