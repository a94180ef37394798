package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.transport.ChainCheck.Purpose;
import dev.banyan.transport.ChainCheck.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which chains are trusted; a real openssl is asked the same about each. */
final class ChainCheckTest {
  private static final String AUTHORITY = "basicConstraints=critical,CA:TRUE";
  private static final Pattern ERROR = Pattern.compile("error (\\d+) at");
  private static final int DEPTH = 5;

  @TempDir Path folder;
  private MadeCertificate root;

  @BeforeEach
  void authority() {
    root = MadeCertificate.own(folder, "root", "/CN=root", AUTHORITY);
  }

  @Test
  void whatATrustedAuthoritySignsIsTrusted() {
    assertThat(error(root.signs("leaf", "/CN=leaf"))).isNull();
    MadeCertificate middle = root.signs("middle", "/CN=middle", AUTHORITY);
    assertThat(error(middle.signs("leaf", "/CN=leaf"), middle)).isNull();
  }

  @Test
  void aCertificateThatIsTrustedItselfNeedsNoAuthority() {
    assertThat(error(root)).isNull();
  }

  @Test
  void strangersAreTold() {
    MadeCertificate stranger = MadeCertificate.own(folder, "stranger", "/CN=else", AUTHORITY);
    MadeCertificate leaf = stranger.signs("leaf", "/CN=leaf");
    assertThat(error(stranger)).isEqualTo(TrustError.SELF_SIGNED);
    assertThat(error(leaf)).isEqualTo(TrustError.NO_LOCAL_ISSUER);
    assertThat(error(leaf, stranger)).isEqualTo(TrustError.SELF_SIGNED_ABOVE);
  }

  @Test
  void anAuthoritysNameWithoutItsKeyIsNotEnough() {
    MadeCertificate forger = MadeCertificate.own(folder, "forger", "/CN=root", AUTHORITY);
    assertThat(error(forger.signs("leaf", "/CN=leaf"))).isEqualTo(TrustError.SIGNATURE);
  }

  @Test
  void onlyAuthoritiesSign() {
    MadeCertificate leaf = root.signs("leaf", "/CN=leaf");
    MadeCertificate denied = root.signs("denied", "/CN=denied", "basicConstraints=CA:FALSE");
    MadeCertificate mute =
        root.signs("mute", "/CN=mute", AUTHORITY, "keyUsage=critical,digitalSignature");
    for (MadeCertificate each : List.of(leaf, denied, mute)) {
      MadeCertificate below = each.signs("below", "/CN=below");
      assertThat(error(below, each)).as(each.name()).isEqualTo(TrustError.NOT_AUTHORITY);
    }
  }

  @Test
  void anAuthorityMayLimitHowManyFollow() {
    MadeCertificate last =
        root.signs("last", "/CN=last", "basicConstraints=critical,CA:TRUE,pathlen:0");
    MadeCertificate more = last.signs("more", "/CN=more", AUTHORITY);
    assertThat(error(last.signs("leaf", "/CN=leaf"), last)).isNull();
    assertThat(error(more.signs("below", "/CN=below"), more, last))
        .isEqualTo(TrustError.PATH_LENGTH);
  }

  @Test
  void theDepthCountsTheAuthoritiesBetween() {
    MadeCertificate first = root.signs("first", "/CN=first", AUTHORITY);
    MadeCertificate second = first.signs("second", "/CN=second", AUTHORITY);
    MadeCertificate leaf = second.signs("leaf", "/CN=leaf");
    List<MadeCertificate> chain = List.of(leaf, second, first);
    assertThat(verify(chain, 2, Purpose.SERVER, Duration.ZERO)).isNull();
    assertThat(verify(chain, 1, Purpose.SERVER, Duration.ZERO)).isEqualTo(TrustError.TOO_LONG);
    assertThat(verify(chain, 0, Purpose.SERVER, Duration.ZERO)).isEqualTo(TrustError.TOO_LONG);
  }

  @Test
  void eachHasItsTime() {
    List<MadeCertificate> chain = List.of(root.signs("leaf", "/CN=leaf"));
    Duration late = Duration.ofDays(MadeCertificate.DAYS + 1);
    assertThat(verify(chain, DEPTH, Purpose.SERVER, late)).isEqualTo(TrustError.EXPIRED);
    assertThat(verify(chain, DEPTH, Purpose.SERVER, Duration.ofDays(-1)))
        .isEqualTo(TrustError.NOT_YET);
  }

  @Test
  void aRenewedAuthorityTakesTheExpiredOnesPlace() throws IOException {
    MadeCertificate old = root.again("old", "/CN=root", 1, AUTHORITY);
    MadeCertificate leaf = root.signs("leaf", "/CN=leaf");
    Files.writeString(
        folder.resolve("both.pem"),
        Files.readString(folder.resolve("old.pem")) + Files.readString(folder.resolve("root.pem")));
    List<MadeCertificate> trusted = List.of(old, root);
    assertThat(
            verify(trusted, "both.pem", List.of(leaf), DEPTH, Purpose.SERVER, Duration.ofDays(5)))
        .isNull();
  }

  @Test
  void whatIsMeantForOthersIsUnsuitable() {
    List<MadeCertificate> client =
        List.of(root.signs("leaf", "/CN=leaf", "extendedKeyUsage=clientAuth"));
    assertThat(verify(client, DEPTH, Purpose.SERVER, Duration.ZERO)).isEqualTo(TrustError.PURPOSE);
    assertThat(verify(client, DEPTH, Purpose.CLIENT, Duration.ZERO)).isNull();
    List<MadeCertificate> lists = List.of(root.signs("leaf", "/CN=leaf", "keyUsage=cRLSign"));
    assertThat(verify(lists, DEPTH, Purpose.SERVER, Duration.ZERO)).isEqualTo(TrustError.PURPOSE);
    List<MadeCertificate> encrypts =
        List.of(root.signs("leaf", "/CN=leaf", "keyUsage=keyEncipherment"));
    assertThat(verify(encrypts, DEPTH, Purpose.SERVER, Duration.ZERO)).isNull();
    assertThat(verify(encrypts, DEPTH, Purpose.CLIENT, Duration.ZERO))
        .isEqualTo(TrustError.PURPOSE);
    List<MadeCertificate> any =
        List.of(root.signs("leaf", "/CN=leaf", "extendedKeyUsage=anyExtendedKeyUsage"));
    assertThat(verify(any, DEPTH, Purpose.SERVER, Duration.ZERO)).isEqualTo(TrustError.PURPOSE);
  }

  @Test
  void anAuthoritysPurposeLimitsWhatItSigns() {
    MadeCertificate clients =
        root.signs("clients", "/CN=clients", AUTHORITY, "extendedKeyUsage=clientAuth");
    assertThat(error(clients.signs("leaf", "/CN=leaf"), clients)).isEqualTo(TrustError.PURPOSE);
    MadeCertificate any =
        root.signs("any", "/CN=any", AUTHORITY, "extendedKeyUsage=anyExtendedKeyUsage");
    assertThat(error(any.signs("leaf", "/CN=leaf"), any)).isEqualTo(TrustError.PURPOSE);
  }

  @Test
  void ofSeveralErrorsTheLastStandsWhereTheCheckGoesOn() {
    MadeCertificate leaf = root.signs("leaf", "/CN=leaf");
    MadeCertificate mute =
        root.signs("mute", "/CN=mute", AUTHORITY, "keyUsage=critical,digitalSignature");
    assertThat(last(leaf.signs("below", "/CN=below"), leaf)).isEqualTo(TrustError.PURPOSE);
    assertThat(last(mute.signs("below", "/CN=below"), mute)).isEqualTo(TrustError.MUTE);
  }

  /** What stands in the end, as openssl's command goes on too. */
  private @Nullable TrustError last(MadeCertificate... chain) {
    List<MadeCertificate> all = Arrays.asList(chain);
    Instant now = Instant.now();
    ChainCheck check =
        new ChainCheck(List.of(root.certificate()), null, DEPTH, Purpose.SERVER, Told.LAST);
    TrustError found = check.verify(all.stream().map(MadeCertificate::certificate).toList(), now);
    Matcher error = ERROR.matcher(openssl(root.file(), all, DEPTH, Purpose.SERVER, now));
    int code = 0;
    while (error.find()) {
      code = Integer.parseInt(error.group(1));
    }
    assertThat(found == null ? 0 : found.code()).isEqualTo(code);
    return found;
  }

  @Test
  void anAuthoritySignsOnlyTheNamesThatItMay() {
    MadeCertificate limited =
        root.signs("limited", "/CN=limited", AUTHORITY, "nameConstraints=permitted;DNS:a.test");
    MadeCertificate inside = limited.signs("inside", "/CN=x", "subjectAltName=DNS:b.a.test");
    MadeCertificate outside = limited.signs("outside", "/CN=x", "subjectAltName=DNS:b.test");
    assertThat(error(inside, limited)).isNull();
    assertThat(error(outside, limited)).isEqualTo(TrustError.NAME);
  }

  @Test
  void aCriticalExtensionThatNobodyKnowsIsRefused() {
    assertThat(error(root.signs("leaf", "/CN=leaf", "1.2.3.4=critical,DER:0500")))
        .isEqualTo(TrustError.CRITICAL);
  }

  private @Nullable TrustError error(MadeCertificate... chain) {
    return verify(Arrays.asList(chain), DEPTH, Purpose.SERVER, Duration.ZERO);
  }

  private @Nullable TrustError verify(
      List<MadeCertificate> chain, int depth, Purpose purpose, Duration later) {
    return verify(List.of(root), root.file(), chain, depth, purpose, later);
  }

  private @Nullable TrustError verify(
      List<MadeCertificate> trusted,
      String trustedFile,
      List<MadeCertificate> chain,
      int depth,
      Purpose purpose,
      Duration later) {
    Instant now = Instant.now().plus(later);
    ChainCheck check =
        new ChainCheck(
            trusted.stream().map(MadeCertificate::certificate).toList(),
            null,
            depth,
            purpose,
            Told.FIRST);
    TrustError found = check.verify(chain.stream().map(MadeCertificate::certificate).toList(), now);
    String told = openssl(trustedFile, chain, depth, purpose, now);
    Matcher error = ERROR.matcher(told);
    int code = error.find() ? Integer.parseInt(error.group(1)) : 0;
    assertThat(found == null ? 0 : found.code()).as("as openssl says: %s", told).isEqualTo(code);
    return found;
  }

  private String openssl(
      String trustedFile, List<MadeCertificate> chain, int depth, Purpose purpose, Instant now) {
    List<String> command = new ArrayList<>(List.of("verify", "-no-CApath", "-no-CAstore"));
    command.addAll(List.of("-CAfile", trustedFile, "-verify_depth", String.valueOf(depth)));
    command.addAll(List.of("-purpose", purpose == Purpose.SERVER ? "sslserver" : "sslclient"));
    command.addAll(List.of("-attime", String.valueOf(now.getEpochSecond())));
    for (MadeCertificate each : chain.subList(1, chain.size())) {
      command.addAll(List.of("-untrusted", each.file()));
    }
    command.add(chain.getFirst().file());
    try {
      return MadeCertificate.openssl(folder, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
