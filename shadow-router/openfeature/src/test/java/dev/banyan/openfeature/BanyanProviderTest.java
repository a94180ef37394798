package dev.banyan.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.api.Mode;
import dev.banyan.api.Way;
import dev.banyan.router.flags.Assignment;
import dev.banyan.router.flags.FlagChange;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.router.flags.Match;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Share;
import dev.banyan.router.flags.Sides;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BanyanProviderTest {
  private static final String WAF = "edge.waf";

  private final FlagPolicy policy =
      new FlagPolicy(
          Map.of(WAF, new ModulePolicy(WAF, List.of("cookie_session", "remote_addr"), Sides.BOTH)),
          "host");
  private volatile FlagSnapshot flags = FlagSnapshot.EMPTY;
  private BanyanProvider provider;
  private Client client;

  @BeforeEach
  void start() {
    provider = new BanyanProvider(() -> flags, () -> policy);
    OpenFeatureAPI.getInstance().setProviderAndWait("edge", provider);
    client = OpenFeatureAPI.getInstance().getClient("edge");
  }

  @AfterEach
  void end() {
    OpenFeatureAPI.getInstance().shutdown();
  }

  private void change(Mode mode, Share share, Match match) {
    ModuleFlag to = flags.flag(WAF).to(mode, share, match);
    flags = flags.with(to);
  }

  @Test
  void aModuleIsABooleanThatTellsWhetherJavaAnswersAndAStringThatTellsWho() {
    ImmutableContext ann = new ImmutableContext("ann");
    assertThat(client.getBooleanValue(WAF, true, ann)).isFalse();
    change(Mode.SHADOW, Share.NONE, Match.ALL);
    assertThat(client.getStringValue(WAF, "", ann)).isEqualTo("shadow");
    change(Mode.JAVA, Share.ALL, Match.ALL);
    FlagEvaluationDetails<Boolean> details = client.getBooleanDetails(WAF, false, ann);
    assertThat(details.getValue()).isTrue();
    assertThat(details.getReason()).isEqualTo(Reason.STATIC.toString());
    assertThat(details.getFlagMetadata().getString("mode")).isEqualTo("java");
  }

  @Test
  void aCanaryMeansTheSameUsersAsAtTheEdge() {
    change(Mode.CANARY, Share.parse("30"), Match.ALL);
    int java = 0;
    for (int i = 0; i < 2_000; i++) {
      String user = "10.0." + i / 250 + "." + i % 250;
      boolean edge =
          new Assignment(flags, policy).way(WAF, name -> name.equals("remote_addr") ? user : null)
              == Way.JAVA;
      ImmutableContext given = new ImmutableContext(Map.of("remote_addr", new Value(user)));
      assertThat(client.getBooleanValue(WAF, !edge, given)).isEqualTo(edge);
      assertThat(client.getBooleanValue(WAF, !edge, new ImmutableContext(user))).isEqualTo(edge);
      java += edge ? 1 : 0;
    }
    assertThat(java).isBetween(500, 700);
  }

  @Test
  void aMatchIsAskedOfTheContextsVariables() {
    change(Mode.JAVA, Share.ALL, Match.parse(List.of("header.x-beta=1", "path=/api")));
    ImmutableContext meant =
        new ImmutableContext(
            "ann", Map.of("http_x_beta", new Value("1"), "uri", new Value("/api/users")));
    assertThat(client.getBooleanValue(WAF, false, meant)).isTrue();
    assertThat(client.getBooleanValue(WAF, true, new ImmutableContext("ann"))).isFalse();
  }

  @Test
  void whatIsNoFlagOrOfAnotherTypeGivesTheDefaultAndSaysWhy() {
    FlagEvaluationDetails<Boolean> unknown = client.getBooleanDetails("edge.none", true);
    assertThat(unknown.getValue()).isTrue();
    assertThat(unknown.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    assertThat(unknown.getErrorMessage()).contains("edge.none");
    FlagEvaluationDetails<Integer> number = client.getIntegerDetails(WAF, 7);
    assertThat(number.getValue()).isEqualTo(7);
    assertThat(number.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
  }

  @Test
  void clientsHearOfAChange() {
    List<String> changed = new CopyOnWriteArrayList<>();
    client.onProviderConfigurationChanged(event -> changed.addAll(event.getFlagsChanged()));
    FlagPolicy.Accepted accepted =
        policy.accept(flags, FlagChange.rollback(WAF, "ann", "a drill"), Instant.EPOCH);
    flags = accepted.snapshot();
    provider.changed(accepted.entry().to().module());
    await().until(() -> changed.equals(List.of(WAF)));
  }
}
