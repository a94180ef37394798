package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code auth_delay}: a refusal comes later, so that its time tells nothing. */
final class AuthDelayTest {
  private static final Duration DELAY = Duration.ofMillis(400);

  private static final String SERVER =
      """
      auth_delay 400ms;
      location = /ask { return 401; }
      location /asked { auth_request /ask; try_files /none =200; }
      location /lua { access_by_lua_block { ngx.exit(401) } content_by_lua_block { ngx.say("x") } }
      location /later { access_by_lua_block { ngx.sleep(0.001) ngx.exit(401) } try_files /none =200; }
      location /any { satisfy any; deny all; auth_request /ask; try_files /none =200; }
      location /denied { deny all; }
      location /content { content_by_lua_block { ngx.exit(401) } }
      """;

  @TempDir Path prefix;

  private static Duration taken(Served served, String target, int status) {
    long start = System.nanoTime();
    assertThat(served.get(target)).startsWith("HTTP/1.1 " + status + " ");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void onlyTheAccessPhasesOwn401IsHeldBack() {
    try (Served served = Served.server(prefix, "", SERVER)) {
      taken(served, "/denied", 403); // what follows is timed, this warms up
      for (String target : new String[] {"/asked", "/lua", "/later", "/any"}) {
        assertThat(taken(served, target, 401)).as(target).isGreaterThanOrEqualTo(DELAY);
      }
      assertThat(taken(served, "/denied", 403)).isLessThan(DELAY);
      assertThat(taken(served, "/content", 401)).isLessThan(DELAY);
    }
  }
}
