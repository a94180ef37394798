package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import dev.banyan.gateway.path.PathFinding;
import dev.banyan.gateway.path.PathSample;
import dev.banyan.gateway.path.PathShadow;
import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.nginx.script.LuaPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request to a cached location that is run through the new path: nothing is fetched or kept. */
final class CachedShadowTest {
  private static final String LUA =
      """
      local m = {}
      function m.access() ngx.req.set_header('X-Tenant', 'acme') end
      return m
      """;
  private static final String HTTP =
      """
      lua_shared_dict n 1m;
      proxy_cache_path cache keys_zone=one:1m;
      server { listen 127.0.0.1:ORIGIN; location / { content_by_lua_block {
        ngx.print('answer ', (ngx.shared.n:incr('n', 1, 0))) } } }
      """;
  private static final String SERVER =
      """
      access_by_lua_block { require('m').access() }
      location / {
        proxy_pass http://127.0.0.1:ORIGIN; proxy_cache one; proxy_cache_valid 1h;
        proxy_cache_key $http_x_tenant$uri; add_header X-Cache $upstream_cache_status;
      }
      """;
  private static final List<PipelineRule> PIPELINE =
      List.of(Seamed.rule(LuaPhase.ACCESS, "m.access"));

  @TempDir Path prefix;

  private final LinkedBlockingQueue<PathFinding> findings = new LinkedBlockingQueue<>();

  /** Names a tenant, as Lua does. */
  @LuaModule("m")
  @Writes(requestHeaders = "X-Tenant")
  static final class Tenant implements Port {
    private final String name;

    Tenant(String name) {
      this.name = name;
    }

    @Handler(value = "access", phase = Phase.ACCESS)
    Decision access() {
      return Decision.next().setRequestHeader("X-Tenant", name);
    }
  }

  private Seamed shadowed(String tenant) {
    String origin = String.valueOf(Served.freePort());
    return Seamed.pathShadow(
        prefix,
        new Tenant(tenant),
        LUA,
        HTTP.replace("ORIGIN", origin),
        SERVER.replace("ORIGIN", origin),
        PIPELINE,
        new PathShadow() {
          @Override
          public boolean wants() {
            return true;
          }

          @Override
          public List<String> classKeys() {
            return List.of();
          }

          @Override
          public void ended(PathSample sample) {
            findings.add(sample.dryRun().get());
          }

          @Override
          public void notMeasured(String reason) {
            if (!reason.contains("content_by_lua")) { // the origin's own request
              findings.add(new PathFinding.NotMeasured(reason));
            }
          }
        });
  }

  private PathFinding.Compared next() throws InterruptedException {
    PathFinding finding = findings.poll(20, TimeUnit.SECONDS);
    assertThat(finding).isInstanceOf(PathFinding.Compared.class);
    return (PathFinding.Compared) finding;
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(prefix.resolve("cache"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void theSameKeyIsNoFindingWhetherItHitsOrNot() throws IOException, InterruptedException {
    try (Seamed seamed = shadowed("acme")) {
      assertThat(seamed.served().get("/a")).contains("X-Cache: MISS").endsWith("answer 1");
      PathFinding.Compared missed = next();
      assertThat(missed.ending()).isEqualTo("proxied");
      assertThat(missed.dry()).isEqualTo(missed.old()).containsEntry("cache.key", "acme/a");
      assertThat(seamed.served().get("/a")).contains("X-Cache: HIT").endsWith("answer 1");
      PathFinding.Compared hit = next();
      assertThat(hit.ending()).isEqualTo("cached");
      assertThat(hit.dry()).isEqualTo(hit.old()).containsEntry("cache.key", "acme/a");
      assertThat(files()).isEqualTo(1);
    }
  }

  @Test
  void anotherKeyIsAFindingAndNeitherFetchedNorKept() throws IOException, InterruptedException {
    try (Seamed seamed = shadowed("other")) {
      seamed.served().get("/a");
      PathFinding.Compared found = next();
      assertThat(found.old()).containsEntry("cache.key", "acme/a");
      assertThat(found.dry()).containsEntry("cache.key", "other/a");
      assertThat(files()).isEqualTo(1);
      assertThat(seamed.served().get("/b")).endsWith("answer 2");
    }
  }
}
