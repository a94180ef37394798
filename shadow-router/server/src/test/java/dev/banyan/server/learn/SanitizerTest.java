package dev.banyan.server.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.RecordedState.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SanitizerTest {
  private static ModuleText text(Set<String> names, Set<String> api) {
    return new ModuleText(
        Path.of("lua/m.lua"),
        List.of(),
        names,
        Set.of(),
        Set.of(),
        Set.of("tenant.id"),
        Set.of("tenant"),
        Set.of(),
        Set.of(),
        api,
        List.of());
  }

  private static RecordedCall call(List<Field> head, Map<String, @Nullable Object> ctx) {
    RecordedState state =
        new RecordedState(
            "GET",
            "/a?token=abc&x=1",
            "/a",
            "token=abc&x=1",
            head,
            Map.of(),
            ctx,
            0,
            List.of(),
            null,
            null,
            false,
            null,
            0);
    return call(state, List.of(), List.of(), List.of());
  }

  private static RecordedCall call(
      RecordedState state,
      List<@Nullable Object> results,
      List<String> opaque,
      List<String> changed) {
    return new RecordedCall(
        "m",
        "f",
        Phase.ACCESS,
        List.of(),
        Map.of(),
        Map.of(),
        state,
        state,
        results,
        null,
        null,
        null,
        new Journal(0),
        false,
        opaque,
        changed);
  }

  private static final List<Field> HEAD =
      List.of(
          new Field("Authorization", "Bearer abcdef"),
          new Field("Cookie", "session=s3cr3t; lang=de"),
          new Field("Accept", "*/*"));

  @Test
  void secretsThatTheModuleDoesNotNameAreCutOut() throws Sanitizer.LeftOut {
    Sanitizer sanitizer = new Sanitizer(text(Set.of("id"), Set.of()), Set.of());
    Map<String, @Nullable Object> ctx =
        Map.of("tenant", Map.of("id", "t", "secret", "xyz"), "other", "not the module's");
    RecordedState clean = sanitizer.sanitize(call(HEAD, ctx)).before();
    assertThat(clean.requestHeaders())
        .containsExactly(
            new Field("Authorization", "redacted"),
            new Field("Cookie", "session=redacted; lang=redacted"),
            new Field("Accept", "*/*"));
    assertThat(clean.target()).isEqualTo("/a?token=redacted&x=1");
    assertThat(clean.args()).isEqualTo("token=redacted&x=1");
    assertThat(clean.ctx()).isEqualTo(Map.of("tenant", Map.of("id", "t", "secret", "redacted")));
  }

  @Test
  void aCallWhoseSecretsTheModuleMayUseIsLeftOutWithTheWayToKeepIt() {
    assertLeftOut(text(Set.of("http_authorization"), Set.of()), HEAD, "--keep authorization");
    assertLeftOut(text(Set.of(), Set.of("ngx.req.get_headers")), HEAD, "--keep authorization");
    assertLeftOut(text(Set.of("cookie_session"), Set.of()), HEAD.subList(1, 2), "--keep session");
    assertLeftOut(text(Set.of("get_uri_args"), Set.of()), List.of(), "--keep token");
  }

  private static void assertLeftOut(ModuleText text, List<Field> head, String hint) {
    Sanitizer sanitizer = new Sanitizer(text, Set.of());
    assertThatThrownBy(() -> sanitizer.sanitize(call(head, Map.of())))
        .isInstanceOf(Sanitizer.LeftOut.class)
        .hasMessageContaining(hint);
  }

  @Test
  void whatIsKeptStaysAsItWas() throws Sanitizer.LeftOut {
    ModuleText text = text(Set.of("http_authorization", "http_cookie", "get_uri_args"), Set.of());
    Sanitizer sanitizer = new Sanitizer(text, Set.of("authorization", "cookie", "token"));
    RecordedCall call = call(HEAD, Map.of());
    assertThat(sanitizer.sanitize(call).before()).isEqualTo(call.before());
  }

  @Test
  void aHeaderAndItsVariableAreKeptByOneName() throws Sanitizer.LeftOut {
    ModuleText text = text(Set.of("http_x_api_token"), Set.of());
    List<Field> head = List.of(new Field("X-Api-Token", "abcdef0123456789"));
    for (String name : List.of("X-Api-Token", "x_api_token")) {
      LearnOptions options = new LearnOptions(1, 1, Set.of(name, "token"));
      assertThat(new Sanitizer(text, options.keep()).sanitize(call(head, Map.of())).before())
          .isEqualTo(call(head, Map.of()).before());
    }
  }

  @Test
  void whatCannotBeRecordedOrReplayedIsLeftOut() {
    ModuleText text = text(Set.of(), Set.of());
    RecordedState state = call(List.of(), Map.of()).before();
    Sanitizer sanitizer = new Sanitizer(text, Set.of("token"));
    assertThatThrownBy(() ->
            sanitizer.sanitize(
                call(state, List.of(), List.of("argument 1: a function"), List.of())))
        .hasMessageStartingWith(
            "argument 1: a function can't be recorded: leave the function to Lua");
    assertThatThrownBy(() ->
            sanitizer.sanitize(
                call(state, List.of(), List.of("ctx tenant.f: a function"), List.of())))
        .hasMessageContaining("ctx tenant.f");
    assertThatThrownBy(
            () -> sanitizer.sanitize(call(state, List.of(), List.of(), List.of("argument 1"))))
        .hasMessageContaining("argument 1 is changed by the call");
    assertThatThrownBy(
            () -> sanitizer.sanitize(call(state, List.of("Bearer abcdefgh"), List.of(), List.of())))
        .hasMessageContaining("--keep result");
  }

  @Test
  void everySecretThatKeepsACallOutIsNamedAtOnce() {
    ModuleText text = text(Set.of("http_authorization", "get_uri_args"), Set.of());
    RecordedState state = call(HEAD, Map.of()).before();
    RecordedCall call = call(state, List.of("Bearer abcdefgh"), List.of(), List.of());
    assertThat(new Sanitizer(text, Set.of()).refusals(call))
        .hasSize(3)
        .anyMatch(reason -> reason.endsWith("--keep result"))
        .anyMatch(reason -> reason.endsWith("--keep authorization"))
        .anyMatch(reason -> reason.endsWith("--keep token"));
  }

  @Test
  void whatIsOpaqueElsewhereDoesNotMatter() throws Sanitizer.LeftOut {
    RecordedState state = call(List.of(), Map.of()).before();
    Sanitizer sanitizer = new Sanitizer(text(Set.of(), Set.of()), Set.of("token"));
    assertThat(
            sanitizer
                .sanitize(call(state, List.of(1d), List.of("ctx other: a thread"), List.of()))
                .results())
        .containsExactly(1d);
  }
}
