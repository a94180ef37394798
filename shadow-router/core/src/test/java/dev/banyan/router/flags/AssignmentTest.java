package dev.banyan.router.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Mode;
import dev.banyan.api.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private final FlagPolicy policy =
      new FlagPolicy(
          Map.of(
              "edge.waf",
              new ModulePolicy("edge.waf", List.of("cookie_session", "remote_addr"), Sides.BOTH)),
          "tenant");

  private static FlagSnapshot flagged(Mode mode, Share share, Match match) {
    TreeMap<String, ModuleFlag> flags = new TreeMap<>();
    flags.put("edge.waf", new ModuleFlag("edge.waf", mode, share, "edge.waf", match));
    return new FlagSnapshot(7, flags);
  }

  @Test
  void theFirstAnswerIsFrozenForTheRequest() {
    Map<String, String> variables = new HashMap<>(Map.of("tenant", "acme"));
    Assignment assignment =
        new Assignment(flagged(Mode.JAVA, Share.ALL, Match.parse(List.of("tenant=acme"))), policy);

    assertThat(assignment.way("edge.waf", variables::get)).isEqualTo(Way.JAVA);
    variables.put("tenant", "other");
    assertThat(assignment.way("edge.waf", variables::get)).isEqualTo(Way.JAVA);
    assertThat(assignment.version()).isEqualTo(7);
  }

  @Test
  void whatIsExpectedIsNotYetDecided() {
    FlagSnapshot snapshot = flagged(Mode.JAVA, Share.ALL, Match.parse(List.of("tenant=acme")));
    Assignment assignment = new Assignment(snapshot, policy);
    Map<String, String> request = new HashMap<>();
    assertThat(assignment.expected("edge.waf", request::get)).isEqualTo(Way.LUA);
    request.put("tenant", "acme");
    assertThat(assignment.expected("edge.waf", request::get)).isEqualTo(Way.JAVA);
    assertThat(assignment.way("edge.waf", request::get)).isEqualTo(Way.JAVA);
    request.clear();
    assertThat(assignment.expected("edge.waf", request::get)).isEqualTo(Way.JAVA);
  }

  @Test
  void requestsThatAreNotMeantStayWithLua() {
    FlagSnapshot snapshot =
        flagged(
            Mode.SHADOW,
            Share.NONE,
            Match.parse(List.of("path=/api", "header.x-beta=1", "tenant=acme", "tenant=zeta")));
    Map<String, String> meant =
        Map.of("uri", "/api/x", "http_x_beta", "1", "tenant", "zeta", "remote_addr", "::1");

    assertThat(new Assignment(snapshot, policy).way("edge.waf", meant::get)).isEqualTo(Way.SHADOW);
    for (String missing : List.of("uri", "http_x_beta", "tenant")) {
      Map<String, String> other = new HashMap<>(meant);
      other.remove(missing);
      assertThat(new Assignment(snapshot, policy).way("edge.waf", other::get)).isEqualTo(Way.LUA);
    }
  }

  @Test
  void theCanarySticksToTheSessionAndObservesTheOthers() {
    FlagSnapshot snapshot = flagged(Mode.CANARY, Share.parse("30"), Match.ALL);
    int java = 0;
    for (int user = 0; user < 1000; user++) {
      String session = "s" + user;
      Way here =
          new Assignment(snapshot, policy).way("edge.waf", Map.of("cookie_session", session)::get);
      Way elsewhere =
          new Assignment(snapshot, policy)
              .way(
                  "edge.waf",
                  Map.of("cookie_session", session, "remote_addr", "10.0.0." + user)::get);
      assertThat(elsewhere).isEqualTo(here).isNotEqualTo(Way.LUA);
      java += here == Way.JAVA ? 1 : 0;
    }
    assertThat(java).isBetween(230, 370);
  }

  @Test
  void anUnlistedModuleIsLuas() {
    FlagSnapshot snapshot = flagged(Mode.JAVA, Share.ALL, Match.ALL);
    assertThat(new Assignment(snapshot, policy).way("edge.other", name -> null)).isEqualTo(Way.LUA);
  }
}
