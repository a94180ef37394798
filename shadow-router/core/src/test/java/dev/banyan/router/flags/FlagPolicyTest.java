package dev.banyan.router.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Mode;
import dev.banyan.api.Way;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagPolicyTest {
  private static final Instant NOW = Instant.parse("2026-03-04T03:00:00Z");
  private final FlagPolicy policy =
      new FlagPolicy(
          Map.of(
              "edge.waf", new ModulePolicy("edge.waf", List.of("remote_addr"), Sides.BOTH),
              "edge.redirects",
                  new ModulePolicy("edge.redirects", List.of("remote_addr"), Sides.LUA)),
          "tenant");

  private static FlagChange change(String module, Mode mode, @Nullable Share share) {
    return new FlagChange(module, mode, share, null, "ann", "trying");
  }

  @Test
  void anAcceptedChangeIsANewVersionWithItsAuditEntry() {
    FlagPolicy.Accepted accepted =
        policy.accept(FlagSnapshot.EMPTY, change("edge.waf", Mode.CANARY, Share.parse("5")), NOW);

    assertThat(accepted.snapshot().version()).isEqualTo(1);
    assertThat(accepted.snapshot().flag("edge.waf").summary()).isEqualTo("canary 5%");
    assertThat(accepted.entry().from().summary()).isEqualTo("lua");
    assertThat(accepted.entry().who()).isEqualTo("ann");
    assertThat(FlagSnapshot.EMPTY.flag("edge.waf").mode()).isEqualTo(Mode.LUA);
  }

  @Test
  void whoAnswersIsSettledForModulesWithoutACanaryAndConditions() {
    assertThat(settled(FlagSnapshot.EMPTY, change("edge.waf", Mode.JAVA, null)))
        .containsEntry("edge.waf", Way.JAVA);
    assertThat(settled(FlagSnapshot.EMPTY, change("edge.waf", Mode.SHADOW, null)))
        .containsEntry("edge.waf", Way.SHADOW);
    assertThat(policy.settled(FlagSnapshot.EMPTY)).containsEntry("edge.waf", Way.LUA);

    FlagChange some =
        new FlagChange(
            "edge.waf", Mode.JAVA, null, Match.parse(List.of("tenant=acme")), "ann", "trying");
    assertThat(settled(FlagSnapshot.EMPTY, some)).doesNotContainKey("edge.waf");
    assertThat(settled(FlagSnapshot.EMPTY, change("edge.waf", Mode.CANARY, Share.ALL)))
        .doesNotContainKey("edge.waf");
  }

  private Map<String, Way> settled(FlagSnapshot before, FlagChange change) {
    return policy.settled(policy.accept(before, change, NOW).snapshot());
  }

  @Test
  void aModuleWithoutLuaStaysAtJavaForEveryone() {
    FlagPolicy retired =
        new FlagPolicy(
            Map.of("edge.waf", new ModulePolicy("edge.waf", List.of("remote_addr"), Sides.JAVA)),
            "tenant");
    FlagSnapshot java =
        retired.accept(FlagSnapshot.EMPTY, change("edge.waf", Mode.JAVA, null), NOW).snapshot();
    FlagChange some =
        new FlagChange(
            "edge.waf", Mode.JAVA, null, Match.parse(List.of("tenant=acme")), "ann", "trying");
    for (FlagChange change :
        List.of(
            change("edge.waf", Mode.SHADOW, null),
            change("edge.waf", Mode.CANARY, Share.ALL),
            some,
            FlagChange.rollback("edge.waf", "ann", "pager"))) {
      assertThatThrownBy(() -> retired.accept(java, change, NOW))
          .isInstanceOf(FlagRefused.class)
          .hasMessageContaining("has no Lua file any more")
          .hasMessageContaining("put the file back and reload");
    }
  }

  @Test
  void anUnknownModuleIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(
            () -> policy.accept(FlagSnapshot.EMPTY, change("edge.wfa", Mode.JAVA, null), NOW))
        .isInstanceOf(FlagRefused.class)
        .hasMessageContaining("edge.wfa")
        .hasMessageContaining("edge.waf");
  }

  @Test
  void aModuleWithoutAPortStaysAtLua() {
    assertThatThrownBy(() ->
            policy.accept(FlagSnapshot.EMPTY, change("edge.redirects", Mode.SHADOW, null), NOW))
        .isInstanceOf(FlagRefused.class)
        .hasMessageContaining("no Java port");
  }

  @Test
  void aPercentageWithoutACanaryIsRefused() {
    assertThatThrownBy(() ->
            policy.accept(FlagSnapshot.EMPTY, change("edge.waf", Mode.JAVA, Share.parse("5")), NOW))
        .isInstanceOf(FlagRefused.class)
        .hasMessageContaining("canary only");
  }

  @Test
  void aCanaryWithoutAPercentageIsRefused() {
    assertThatThrownBy(
            () -> policy.accept(FlagSnapshot.EMPTY, change("edge.waf", Mode.CANARY, null), NOW))
        .isInstanceOf(FlagRefused.class)
        .hasMessageContaining("percentage");
  }

  @Test
  void aChangeWithoutAReasonIsRefused() {
    assertThatThrownBy(() ->
            policy.accept(
                FlagSnapshot.EMPTY,
                new FlagChange("edge.waf", Mode.SHADOW, null, null, "ann", " "),
                NOW))
        .isInstanceOf(FlagRefused.class)
        .hasMessageContaining("why");
  }

  @Test
  void aRollbackKeepsTheConditionsForTheNextTry() {
    FlagSnapshot canary =
        policy
            .accept(
                FlagSnapshot.EMPTY,
                new FlagChange(
                    "edge.waf",
                    Mode.CANARY,
                    Share.parse("5"),
                    Match.parse(List.of("tenant=acme")),
                    "ann",
                    "try"),
                NOW)
            .snapshot();

    ModuleFlag back =
        policy.accept(canary, FlagChange.rollback("edge.waf", "bob", "pager"), NOW).entry().to();

    assertThat(back.mode()).isEqualTo(Mode.LUA);
    assertThat(back.match().tenants()).containsExactly("acme");
  }

  @ParameterizedTest
  @ValueSource(strings = {"140", "-1", "100.01", "0.001", "five", "", "%", "NaN", "1e9"})
  void oddPercentagesAreRefused(String text) {
    assertThatThrownBy(() -> Share.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 0 to 100");
  }
}
