package dev.banyan.duel.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.SuiteException;
import dev.banyan.regex.Regex;
import dev.banyan.regex.RegexOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GeneratorTest {
  @TempDir Path folder;

  private Generator.Inputs inputs() throws IOException {
    Files.createDirectories(folder.resolve("lua"));
    Files.writeString(
        folder.resolve("lua/rules.lua"),
        """
        rule(7, "args", [[\\bdrop\\s+table\\b]]) -- [[not this]]
        local key = ngx.var.http_x_shop_key
        """);
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        http {
          lua_package_path "$prefix/lua/?.lua;;";
          server {
            listen 8080;
            server_name shop.example.com *.shops.example.com;
            location = /health { return 200 ok; }
            location ~ ^/item-(\\d+)$ { return 200 item; }
          }
        }
        """);
    Path data =
        Files.writeString(
            folder.resolve("sites.json"),
            "{\"sites\": [{\"hosts\": [\"a.example\"], \"old\": \"/old\", \"deny\": [\"10.1.2.0/24\"]}]}");
    return new Generator.Inputs(
        folder.resolve("nginx.conf"), folder, List.of(data), "X-Forwarded-For");
  }

  @Test
  void aSuiteHasEachLocationHostPatternPathAndNetworkHitAndMissed() throws IOException {
    List<Case> cases = Generator.suite(inputs(), 5);
    assertThat(targets(cases)).contains("/health", "/healthx", "/healt", "/old", "/oldx");
    assertThat(targets(cases)).anyMatch(t -> t.matches("/item-\\d+"));
    assertThat(targets(cases)).anyMatch(t -> t.startsWith("/item-") && !t.matches("/item-\\d+"));
    assertThat(targets(cases)).anyMatch(t -> t.matches("/duel/page\\?q=drop\\++table"));
    assertThat(values(cases, "Host"))
        .contains("shop.example.com", "duel.shops.example.com", "a.example", "xa.example");
    assertThat(values(cases, "X-Forwarded-For"))
        .contains("10.1.1.255", "10.1.2.0", "10.1.2.255", "10.1.3.0");
    assertThat(values(cases, "x-shop-key")).isNotEmpty();
    assertThat(cases).noneMatch(one -> one.title().contains("not this"));
  }

  @Test
  void oneSeedMakesOneSuite() throws IOException {
    assertThat(Generator.suite(inputs(), 5)).isEqualTo(Generator.suite(inputs(), 5));
    assertThat(Generator.suite(inputs(), 6)).isNotEqualTo(Generator.suite(inputs(), 5));
  }

  private static List<String> targets(List<Case> cases) {
    return cases.stream().map(one -> one.steps().getFirst().request().target()).toList();
  }

  private static List<String> values(List<Case> cases, String name) {
    return cases.stream()
        .flatMap(one -> one.steps().getFirst().request().value(name).stream())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\bunion\\b.{1,100}?\\bselect\\b",
        "^(v1\\.([A-Za-z0-9_-]+)\\.(\\d{1,12})\\.([a-z+]*))\\.([0-9a-f]{40})$",
        "[;|&`]\\s*(?:cat|ls|id)\\b",
        "/\\.(?:git|svn)(?:/|$)",
        "[^\\x20-\\x7e]{4}",
        ".{2048}",
        "(?i)a(?!b)c[]x]",
      })
  void samplesAreWhatTheRegexTakesAndWhatItDoesNot(String pattern) {
    Samples samples = Samples.of(pattern, new Random(1));
    try (Regex regex = Regex.compile(pattern, EnumSet.of(RegexOption.CASELESS))) {
      assertThat(samples.hits()).isNotEmpty().allMatch(regex::matches);
      assertThat(samples.misses()).isNotEmpty().noneMatch(regex::matches);
    }
  }

  @Test
  void everyAlternativeIsTaken() {
    Samples samples = Samples.of("^(?:curl|wget|okhttp|java)/", new Random(1));
    assertThat(samples.hits()).contains("curl/", "wget/", "okhttp/", "java/");
  }

  @Test
  void whatCantBeReadIsToldWithItsFileAndLine() throws IOException {
    Path none = folder.resolve("none.conf");
    assertThatThrownBy(() -> Generator.suite(new Generator.Inputs(none, folder, List.of(), "X"), 1))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("none.conf: no such file");
    Path data = Files.writeString(folder.resolve("bad.json"), "{\n  \"hosts\": [\n");
    Generator.Inputs good = inputs();
    assertThatThrownBy(
            () -> Generator.suite(new Generator.Inputs(good.conf(), folder, List.of(data), "X"), 1))
        .hasMessageContaining("bad.json:")
        .hasMessageContaining("not JSON");
  }
}
