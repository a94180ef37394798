package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClassesTest {
  private static final Observation NEXT = new Observation("next", List.of(), Map.of(), null);

  private final ModuleParity waf =
      new ModuleParity(
          "edge.waf",
          Clock.systemUTC(),
          new AtomicLong(),
          ParitySettings.of(0.99, 3, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));

  private static ShadowedCall call(String tier, String method, String route) {
    Traffic traffic = Traffic.of(List.of(tier), route, method, 0);
    return new ShadowedCall("access", Map.of(), traffic);
  }

  private static Observation ends(String ending) {
    return new Observation(ending, List.of(), Map.of(), null);
  }

  @Test
  void aRareClassShowsItselfBehindAMillionEasyCalls() {
    for (int i = 0; i < 1_000_000; i++) {
      waf.compare(call("free", "GET", "/"), NEXT, NEXT);
    }
    for (int i = 0; i < 3; i++) {
      waf.compare(call("gold", "POST", "/api/"), NEXT, NEXT);
    }

    ParitySnapshot snapshot = waf.snapshot();
    assertThat(snapshot.verdicts().lowerBound()).isGreaterThan(0.99999);
    assertThat(snapshot.proof().holds()).isFalse();
    assertThat(snapshot.proof().atLeast()).isBetween(0.43, 0.45);
    assertThat(snapshot.proof().missing()).isEqualTo(378);
    assertThat(Objects.requireNonNull(snapshot.proof().weakest()).trafficClass().label())
        .isEqualTo("access · gold · POST /api/ · next");
  }

  @Test
  void aModuleIsProvenOnceEachClassIs() {
    for (int i = 0; i < 381; i++) {
      assertThat(waf.snapshot().proof().holds()).isFalse();
      waf.compare(call("free", "GET", "/"), NEXT, NEXT);
    }
    assertThat(waf.snapshot().proof().holds()).isTrue();
    assertThat(waf.snapshot().proof().missing()).isZero();
    waf.compare(call("free", "GET", "/"), ends("Exit[status=403]"), ends("Exit[status=403]"));
    assertThat(waf.snapshot().proof().unproven()).isEqualTo(1);
  }

  @Test
  void decisionsAreToldApartWithoutTheirTexts() {
    waf.compare(call("", "GET", "/"), ends("Exit[status=403]"), NEXT);
    waf.compare(call("", "GET", "/"), ends("Redirect[status=301, location=/a]"), NEXT);
    waf.compare(call("", "GET", "/"), ends("Redirect[status=301, location=/b]"), NEXT);
    waf.compare(call("", "GET", "/"), ends("Exec[uri=/x, args=]"), NEXT);
    waf.compare(call("", "GET", "/"), new Observation("next", List.of(), Map.of(), "e"), NEXT);

    assertThat(waf.classes())
        .extracting(c -> c.trafficClass().decision())
        .containsExactlyInAnyOrder("exit 403", "redirect 301", "exec", "error");
  }

  @Test
  void classesThatClientsMakeUpAreBoundedAndCounted() {
    for (int i = 0; i < 1_000; i++) {
      waf.compare(call("tier " + i, "GET", "/"), NEXT, NEXT);
      waf.compare(call("", "M" + i, "/"), NEXT, NEXT);
    }
    assertThat(waf.classes()).hasSize(ClassBook.MAX_CLASSES + 1);
    assertThat(waf.overflowedClasses()).isEqualTo(1_000 - ClassBook.MAX_CLASSES + 1);
    assertThat(waf.classes())
        .extracting(ClassParity::trafficClass)
        .contains(TrafficClass.OTHER)
        .anySatisfy(c -> assertThat(c.traffic().method()).isEqualTo(Traffic.OTHER_METHOD));
  }

  @Test
  void whatIsNeverComparedIsListedAndProvesNothing() {
    waf.skipped(call("", "PUT", "/"), NEXT, "declined");
    assertThat(waf.snapshot().proof().classes()).isZero();
    assertThat(waf.snapshot().proof().holds()).isFalse();
    assertThat(waf.classes()).extracting(c -> c.verdicts().skipped()).containsExactly(1L);
  }

  @Test
  void aReplacedPortStartsWithoutClasses() {
    waf.compare(call("", "GET", "/"), NEXT, NEXT);
    waf.skipped(call("", "GET", "/"), NEXT, "declined");
    waf.broke(call("", "GET", "/"), NEXT, "threw");
    waf.restartParity();
    assertThat(waf.classes()).isEmpty();
    assertThat(waf.snapshot().skips()).isEmpty();
    assertThat(waf.snapshot().breakages()).isEmpty();
    assertThat(waf.skips()).containsExactly(Map.entry("declined", 1L));
  }
}
